import type { Jobs } from '../../src/app/jobs/types.ts';
import type { CommandContext } from './context.ts';
import { type CommonFlags, usageError } from './flags.ts';
import { type Session, startSession, withKnowledgeBase } from './session.ts';

/** Opens the database of the flags, and runs `work` with its jobs. */
export async function withJobs<Result>(
  context: CommandContext,
  flags: CommonFlags,
  work: (jobs: Jobs, session: Session) => Promise<Result>,
): Promise<Result> {
  const session = await startSession(context, flags);
  return withKnowledgeBase(context, session, { create: false, verbose: flags.verbose }, async (knowledgeBase) =>
    work(await knowledgeBase.jobs(), session),
  );
}

/** The number of a job as it is printed. Throws USAGE for anything else. */
export function jobId(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw usageError(`"${text}" is no number of a job.`, '`rag jobs list` shows the numbers.');
}
