import type { Usage } from '../../src/app/usage/types.ts';
import type { CommandContext } from './context.ts';
import type { CommonFlags } from './flags.ts';
import { type Session, startSession, withKnowledgeBase } from './session.ts';

/** Opens the database of the flags, and runs `work` with what was asked of it. */
export async function withUsage<Result>(
  context: CommandContext,
  flags: CommonFlags,
  work: (usage: Usage, session: Session) => Promise<Result>,
): Promise<Result> {
  const session = await startSession(context, flags);
  return withKnowledgeBase(context, session, { create: false, verbose: flags.verbose }, async (knowledgeBase) =>
    work(await knowledgeBase.usage(), session),
  );
}
