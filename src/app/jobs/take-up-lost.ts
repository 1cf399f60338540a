import type { JobStore, StoredJob } from '../../store/types.ts';
import { INTERRUPTED } from './job-failure.ts';
import type { LeaseWatch } from './lease-watch.ts';

/**
 * A job that loses its process so often without getting on is what kills it. Many: who restarts a machine again and again, or
 * a service that is killed within seconds each time, must not cost anybody a job.
 */
export const MAX_LOSSES = 50;

/**
 * Jobs whose process died: those of workers go back to the queue, unless they kill every process; what ran in the
 * foreground has failed, since whoever began it may not want it any more.
 */
export function takeUpLost(
  jobs: JobStore,
  watch: Pick<LeaseWatch, 'isDead'>,
  now: number,
): { readonly job: StoredJob; readonly end: 'queued' | 'failed' | 'cancelled' }[] {
  return jobs.running().flatMap((job) => {
    if (!watch.isDead(job)) return [];
    const end = endOf(job);
    const token = job.owner?.token ?? '';
    if (!jobs.release(job.id, token, end, now)) return [];
    return [{ job, end: end.state === 'lost' ? 'queued' : end.state }];
  });
}

function endOf(job: StoredJob) {
  if (job.cancelRequested) return { state: 'cancelled' } as const;
  const whose = job.owner === null ? 'Its process' : `Its process (${job.owner.pid})`;
  if (job.origin === 'foreground') {
    return {
      state: 'failed',
      error: {
        code: INTERRUPTED,
        message: `${whose} ended before it was done; what was finished is stored.`,
        hint: `\`rag jobs retry ${job.id}\` goes on with it.`,
      },
    } as const;
  }
  if (job.losses < MAX_LOSSES) return { state: 'lost' } as const;
  return {
    state: 'failed',
    error: {
      code: INTERRUPTED,
      message: `${whose} ended ${MAX_LOSSES + 1} times, one after another, and nothing more was done meanwhile.`,
      hint: 'The machine may be short of memory. Look into the log of the worker, then retry it.',
    },
  } as const;
}
