import type { JobStore, StoredJob } from '../../store/types.ts';
import { INTERRUPTED } from './job-failure.ts';
import type { JobSpec } from './job-spec.ts';
import type { LeaseWatch } from './lease-watch.ts';
import { takeUpLost } from './take-up-lost.ts';

/** Interrupted jobs are few, and lately begun. */
const MOST_LOOKED_AT = 200;

/**
 * After an ingest is done: what was interrupted in the foreground before and is finished by it needs nobody's care any
 * more. That is the same command, and for a sync each `add` and `sync` within its collection that had begun to read.
 */
export function closeInterrupted(
  jobs: JobStore,
  watch: Pick<LeaseWatch, 'isDead'>,
  { spec, by, now }: { readonly spec: JobSpec; readonly by: number; readonly now: number },
): void {
  if (spec.kind !== 'add' && spec.kind !== 'sync') return;
  takeUpLost(jobs, watch, now);
  const done = jobs.job(by);
  for (const job of jobs.jobs({ states: ['failed'], limit: MOST_LOOKED_AT })) {
    if (job.error?.code !== INTERRUPTED || job.origin !== 'foreground') continue;
    if (job.key !== done?.key && !(spec.kind === 'sync' && isWithin(job, spec.options.collection, jobs))) continue;
    jobs.close(job.id, `Finished by job ${by}.`, now);
  }
}

function isWithin(job: StoredJob, collection: string | undefined, jobs: JobStore): boolean {
  const spec = job.spec as JobSpec | null;
  if (spec?.kind !== 'add' && spec?.kind !== 'sync') return false;
  if (spec.kind === 'add' && (spec.targets.includes('-') || jobs.steps(job.id).length === 0)) return false;
  return collection === undefined || spec.options.collection === collection;
}
