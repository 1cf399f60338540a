import type { Maintenance } from '../../src/app/maintain/types.ts';
import type { CommandContext } from './context.ts';
import type { CommonFlags } from './flags.ts';
import { type Session, startSession, withKnowledgeBase } from './session.ts';

/** Runs `work` with what looks after the file of the chosen database. */
export async function withMaintenance<Result>(
  context: CommandContext,
  flags: CommonFlags,
  work: (maintenance: Maintenance, session: Session) => Promise<Result>,
): Promise<Result> {
  const session = await startSession(context, flags);
  return withKnowledgeBase(context, session, { create: false, verbose: flags.verbose }, async (knowledgeBase) =>
    work(await knowledgeBase.maintenance(), session),
  );
}
