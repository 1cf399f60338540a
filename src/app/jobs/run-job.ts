import { messageOf, RagError } from '../../platform/errors.ts';
import type { Clock } from '../../platform/runtime.ts';
import type { JobEnd, JobError } from '../../store/types.ts';
import type { KnowledgeBase } from '../types.ts';
import { backoffMs } from './backoff.ts';
import { isRetryable, jobErrorOf } from './job-failure.ts';
import { runKind } from './kinds/run-kind.ts';
import { isOwn, type SealedSpec } from './seal.ts';
import type { JobReporter, JobSpec, JobTools, KindOutcome, RunningJob } from './types.ts';

export type RunJobOptions = Omit<JobTools, 'knowledgeBase'> & {
  readonly running: RunningJob;
  readonly maxAttempts: number;
  readonly clock: Clock;
  /** In [0, 1). */
  readonly random: () => number;
  open(spec: JobSpec, reporter: JobReporter): Promise<KnowledgeBase>;
};

/** Does the work of a job, and says how it is to end; null when another process has it now. Never throws. */
export async function runJob(options: RunJobOptions): Promise<JobEnd | null> {
  const { running, maxAttempts, clock, random } = options;
  const { attempts } = running.job;
  let outcome: KindOutcome | null = null;
  let error: JobError | null = null;
  try {
    outcome = await doWork(options);
    error = outcome.problem && jobErrorOf(outcome.problem);
  } catch (thrown) {
    error = jobErrorOf(thrown);
  }
  const { stopReason } = running;
  if (stopReason === 'lost') return null;
  // What ended before it could be stopped has ended.
  const isWhole = outcome?.isWhole === true;
  if (stopReason === 'cancel' && !isWhole) return { state: 'cancelled', result: outcome?.result };
  if (stopReason === 'stop' && !isWhole) return { state: 'queued', outcome: 'stopped', runAfter: clock.now() };
  if (outcome && !error) return { state: 'done', result: outcome.result };
  const failure = error ?? { code: 'INTERNAL', message: 'It ended without a word.' };
  if (isRetryable(failure) && attempts < maxAttempts) {
    const waitMs = backoffMs(attempts, random());
    running.log('warning', `${failure.message} It is tried again in ${Math.round(waitMs / 1000)} s.`);
    return { state: 'queued', outcome: 'failed', runAfter: clock.now() + waitMs, error: failure };
  }
  if (outcome && !outcome.isFailure) return { state: 'done', result: outcome.result };
  running.log('error', failure.message);
  return { state: 'failed', error: failure, ...(outcome && { result: outcome.result }) };
}

async function doWork({ running, open, program, trustFile }: RunJobOptions): Promise<KindOutcome> {
  const spec = running.job.spec as SealedSpec | null;
  if (spec === null || typeof spec.kind !== 'string') {
    throw new RagError('DB_DAMAGED', {
      message: 'What the job was to do cannot be read any more.',
      hint: 'Add it again.',
    });
  }
  if (!isOwn(spec)) {
    const { id } = running.job;
    throw new RagError('NOT_TRUSTED', {
      message: 'It was queued on another machine, or by another user, and is not done here unasked.',
      hint: `Look at it with \`rag jobs show ${id}\`; \`rag jobs retry ${id}\` does it, and \`rag schedule resume\` takes a schedule over.`,
    });
  }
  const knowledgeBase = await open(spec, running);
  try {
    return await runKind(spec, running, { knowledgeBase, program, trustFile });
  } finally {
    try {
      knowledgeBase.close();
    } catch (error) {
      running.log('warning', `The database could not be closed: ${messageOf(error)}`);
    }
  }
}
