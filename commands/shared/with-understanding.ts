import type { Understanding } from '../../src/app/understanding/types.ts';
import type { CommandContext } from './context.ts';
import type { CommonFlags } from './flags.ts';
import { createProgressLine } from './progress.ts';
import { type Session, startSession, withKnowledgeBase } from './session.ts';

export type Looking = {
  readonly understanding: Understanding;
  readonly session: Session;
  readonly onProgress: (progress: { readonly done: number; readonly total: number }) => void;
};

/** Opens the database of the flags, and runs `work` with what is known of its documents. */
export async function withUnderstanding<Result>(
  context: CommandContext,
  flags: CommonFlags,
  work: (looking: Looking) => Promise<Result>,
): Promise<Result> {
  const session = await startSession(context, flags);
  const progress = createProgressLine(context.stderr);
  try {
    return await withKnowledgeBase(context, session, { create: false, verbose: flags.verbose }, async (knowledgeBase) =>
      work({
        understanding: await knowledgeBase.understanding(),
        session,
        onProgress: (each) => {
          if (!flags.quiet) progress.update({ ...each, path: '' });
        },
      }).finally(progress.clear),
    );
  } finally {
    progress.clear();
  }
}
