import { pastFolder as pastFolderOf } from '../../src/app/history/past-folder.ts';
import type { History, NamedMoment } from '../../src/app/history/types.ts';
import type { KnowledgeBase } from '../../src/app/types.ts';
import type { CommandContext } from './context.ts';
import type { CommonFlags } from './flags.ts';
import { type Session, startSession, withKnowledgeBase } from './session.ts';

/** Opens the database of the flags, and runs `work` with what documents were. */
export async function withHistory<Result>(
  context: CommandContext,
  flags: CommonFlags,
  work: (history: History, session: Session) => Promise<Result>,
): Promise<Result> {
  const session = await startSession(context, flags);
  return withKnowledgeBase(context, session, { create: false, verbose: flags.verbose }, async (knowledgeBase) =>
    work(await knowledgeBase.history(), session),
  );
}

/** Where copies of former states of databases stand. */
export const pastFolder = ({ environment }: CommandContext): string => pastFolderOf(environment);

/** The base that a command reads, and the moment that it is of; null for now. */
export type ReadBase = { readonly knowledgeBase: KnowledgeBase; readonly moment: NamedMoment | null };

/** Runs `work` with the base as it was at the moment of --as-of; as it is, without one. */
export async function asOf<Result>(
  context: CommandContext,
  { session, knowledgeBase }: { readonly session: Session; readonly knowledgeBase: KnowledgeBase },
  moment: string | undefined,
  work: (base: ReadBase) => Promise<Result>,
): Promise<Result> {
  if (moment === undefined) return work({ knowledgeBase, moment: null });
  const history = await knowledgeBase.history();
  const past = await history.openPast(history.moment(moment), {
    folder: pastFolder(context),
    signal: context.signal,
    onProgress: (step) => session.note(`As of ${moment}: ${step} …`),
  });
  try {
    session.note(
      `As of ${past.moment.at.slice(0, 19)}Z: ${past.documents} documents, as they were in the database then.`,
    );
    for (const note of past.notes) session.note(note);
    return await work({ knowledgeBase: past.knowledgeBase, moment: past.moment });
  } finally {
    past.close();
  }
}
