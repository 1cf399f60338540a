import type { Command } from 'commander';
import type { JobState, Jobs } from '../../src/app/jobs/types.ts';
import { renderEnvelope } from '../../src/present/json/stringify.ts';
import { jobToJson } from '../../src/present/json/v1/jobs.ts';
import { countOf } from '../../src/present/text/quantities.ts';
import type { CommandContext } from '../shared/context.ts';
import { parseDays } from '../shared/days.ts';
import { EXIT, type ExitCode } from '../shared/exit-code.ts';
import { addExamples, type CommonFlags, usageError, wholeNumber } from '../shared/flags.ts';
import { sayWorker } from '../shared/queue-job.ts';
import type { Session } from '../shared/session.ts';
import { ensureWorker } from '../shared/start-worker.ts';
import { jobId, withJobs } from '../shared/with-jobs.ts';

type CancelFlags = CommonFlags & { readonly all?: boolean };
type RetryFlags = CommonFlags & { readonly failed?: boolean; readonly worker?: boolean };
type PruneFlags = CommonFlags & { readonly olderThan: number; readonly keep: number };

/** As many as there may be. */
const ALL = 100_000;
const DAY_MS = 86_400_000;

/** cancel, retry and prune. */
export function defineChange(command: Command, context: CommandContext): void {
  const cancel = command
    .command('cancel')
    .description('Stop jobs that wait or run; what they have finished stays')
    .argument('[id...]', 'their numbers')
    .option('--all', 'every job that waits or runs')
    .action(context.action((ids: string[], flags: CancelFlags) => cancelJobs(context, ids, flags)));
  addExamples(cancel, [['rag jobs cancel 3 4', 'two of them']]);
  const retry = command
    .command('retry')
    .description('Queue jobs again that failed, were cancelled or interrupted; they go on where they were')
    .argument('[id...]', 'their numbers')
    .option('--failed', 'every job that failed')
    .option('--no-worker', 'start no worker for them')
    .action(context.action((ids: string[], flags: RetryFlags) => retryJobs(context, ids, flags)));
  addExamples(retry, [['rag jobs retry --failed', 'all that failed']]);
  const prune = command
    .command('prune')
    .description('Forget jobs that have ended, with their logs')
    .option('--older-than <days>', 'ended so long ago: 30d, 12h', parseDays, 30 * DAY_MS)
    .option('--keep <number>', 'keep so many of the newest whatever their age', wholeNumber, 20)
    .action(context.action((flags: PruneFlags) => pruneJobs(context, flags)));
  addExamples(prune, [['rag jobs prune --older-than 7d --keep 5', 'most of them']]);
}

const cancelJobs = (context: CommandContext, ids: readonly string[], flags: CancelFlags): Promise<ExitCode> =>
  withJobs(context, flags, async (jobs, session) => {
    const chosen = choose(jobs, ids, { all: flags.all, flag: '--all', states: ['queued', 'running'] });
    const states = chosen.map((id) => ({ id, was: jobs.cancel(id) }));
    const cancelled = states.map(({ id }) => jobs.get(id));
    if (flags.json) context.stdout.write(renderEnvelope('rag.jobs/1', { jobs: cancelled.map(jobToJson) }));
    for (const { id, shown } of cancelled)
      session.note(shown === 'running' ? `Job ${id} is told to stop.` : `Job ${id} is ${shown}.`);
    return nothingChosen(session, chosen, 'Nothing waits or runs.');
  });

const retryJobs = (context: CommandContext, ids: readonly string[], flags: RetryFlags): Promise<ExitCode> =>
  withJobs(context, flags, async (jobs, session) => {
    const chosen = choose(jobs, ids, { all: flags.failed, flag: '--failed', states: ['failed'] });
    const queued = chosen.map((id) => jobs.retry(id));
    if (flags.json) context.stdout.write(renderEnvelope('rag.jobs/1', { jobs: queued.map(jobToJson) }));
    for (const { id } of queued) session.note(`Job ${id} waits again.`);
    if (queued.length > 0 && flags.worker !== false) sayWorker(session, await ensureWorker(session, jobs));
    return nothingChosen(session, chosen, 'No job has failed.');
  });

const pruneJobs = (context: CommandContext, flags: PruneFlags): Promise<ExitCode> =>
  withJobs(context, flags, async (jobs, session) => {
    const { olderThan, keep, json } = flags;
    const removed = jobs.prune({ before: Date.now() - olderThan, keep });
    if (json) context.stdout.write(renderEnvelope('rag.jobs-prune/1', { removed }));
    else session.note(removed === 0 ? 'Nothing was forgotten.' : `Forgot ${countOf(removed, 'job')}.`);
    return EXIT.done;
  });

type Choice = { readonly all?: boolean; readonly flag: string; readonly states: readonly JobState[] };

function choose(jobs: Jobs, ids: readonly string[], { all, flag, states }: Choice): readonly number[] {
  if (all && ids.length > 0) throw usageError(`${flag} goes without numbers.`, 'Use one of them.');
  if (all) return jobs.list({ states, limit: ALL }).map(({ id }) => id);
  if (ids.length > 0) return ids.map(jobId);
  throw usageError('No job is named.', `Give its number, as \`rag jobs list\` shows it, or ${flag}.`);
}

function nothingChosen({ note }: Session, chosen: readonly number[], message: string): ExitCode {
  if (chosen.length > 0) return EXIT.done;
  note(message);
  return EXIT.nothingFound;
}
