import { setTimeout as delay } from 'node:timers/promises';
import { isRagError } from '../../platform/errors.ts';
import type { Clock } from '../../platform/runtime.ts';
import type { JobOwner, JobStore } from '../../store/types.ts';
import type { LeaseWatch } from './lease-watch.ts';
import { runJob } from './run-job.ts';
import { createRunningJob } from './running-job.ts';
import { runDueSchedules } from './schedule/run-due-schedules.ts';
import { takeUpLost } from './take-up-lost.ts';
import type { RunningJob, WorkOptions, WorkReport } from './types.ts';

/** A job that was just queued waits no longer than this. */
const POLL_MS = 300;
/** Each look for the dead reads a file of the system for each job that runs; schedules are of whole minutes. */
const LOOKS_PER_ROUND = 4;

export type WorkerOptions = WorkOptions & {
  readonly jobs: JobStore;
  readonly clock: Clock;
  readonly random: () => number;
  readonly watch: LeaseWatch;
  /** A new owner of this process: one for the worker, one for each run of a job. */
  newOwner(): JobOwner;
};

/**
 * Takes jobs from the queue, so many at a time, until it is told to stop; then the ones that run go back to the queue with
 * what they have done. Several workers may run on one database.
 */
export async function runWorker(options: WorkerOptions): Promise<WorkReport> {
  const { jobs, clock, watch, newOwner, until, signal, onEvent } = options;
  const concurrency = until === 'one' ? 1 : options.concurrency;
  const owner = newOwner();
  const active = new Map<number, { readonly running: RunningJob; readonly ended: Promise<void> }>();
  const report = { done: 0, failed: 0, cancelled: 0, requeued: 0 };
  let fault: unknown;
  let begun = 0;

  const begin = (): boolean => {
    if (!jobs.hasDue(clock.now())) return false;
    const mine = newOwner();
    const job = jobs.claim(mine, clock.now());
    if (!job) return false;
    begun++;
    const running = createRunningJob({ jobs, job, owner: mine, clock });
    running.log('info', `Attempt ${job.attempts}, by process ${mine.pid}`);
    onEvent?.({ type: 'job-start', job });
    const work = async (): Promise<void> => {
      const end = await runJob({ ...options, running });
      const isWritten = running.end(end);
      if (end && isWritten) report[end.state === 'queued' ? 'requeued' : end.state]++;
      onEvent?.({ type: 'job-end', job, end: isWritten ? end : null });
    };
    const ended = work()
      .catch((error: unknown) => {
        fault ??= error;
      })
      .finally(() => active.delete(job.id));
    active.set(job.id, { running, ended });
    return true;
  };

  const lookAround = async (): Promise<void> => {
    jobs.beatWorker(owner.token, clock.now());
    for (const { job, end } of takeUpLost(jobs, watch, clock.now())) {
      if (end !== 'cancelled') onEvent?.({ type: 'job-lost', job, end });
    }
    for (const worker of jobs.workers()) {
      if (worker.owner.token !== owner.token && watch.isDead(worker)) jobs.removeWorker(worker.owner.token);
    }
    for (const due of await runDueSchedules(jobs, clock.now())) onEvent?.({ type: 'schedule-due', ...due });
  };

  const stopAll = (): void => {
    for (const { running } of active.values()) running.stop('stop');
  };
  signal.addEventListener('abort', stopAll, { once: true });
  // A worker for one job takes no other, so nobody may count on it.
  if (until !== 'one') jobs.putWorker(owner, { concurrency, now: clock.now() });
  try {
    for (let round = 0; !signal.aborted && fault === undefined; round++) {
      try {
        if (round % LOOKS_PER_ROUND === 0) await lookAround();
        while (!signal.aborted && active.size < concurrency && (until !== 'one' || begun === 0) && begin());
      } catch (error) {
        // Another process holds the lock for long; the queue is still there after that.
        if (!isRagError(error) || error.code !== 'DB_BUSY') throw error;
      }
      if (active.size === 0) {
        if (until === 'one') break;
        if (until === 'empty' && jobs.retireWorker(owner.token)) break;
      }
      const woken = new AbortController();
      const wait = delay(POLL_MS, undefined, { signal: AbortSignal.any([signal, woken.signal]) }).catch(() => {});
      await Promise.race([wait, ...[...active.values()].map(({ ended }) => ended)]);
      woken.abort();
    }
  } finally {
    stopAll();
    await Promise.all([...active.values()].map(({ ended }) => ended));
    signal.removeEventListener('abort', stopAll);
    jobs.removeWorker(owner.token);
  }
  if (fault !== undefined) throw fault;
  return report;
}
