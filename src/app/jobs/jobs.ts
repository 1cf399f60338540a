import { randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { RagError } from '../../platform/errors.ts';
import { identityOf } from '../../platform/process-identity.ts';
import type { JobOwner, StoredJob } from '../../store/types.ts';
import type { AppContext } from '../app-context.ts';
import { closeInterrupted } from './close-interrupted.ts';
import { newJob } from './job-spec.ts';
import { createLeaseWatch } from './lease-watch.ts';
import { createRunningJob } from './running-job.ts';
import { createScheduleList } from './schedule/schedule-list.ts';
import { type SealedSpec, sealed } from './seal.ts';
import { takeUpLost } from './take-up-lost.ts';
import type { JobDetails, JobSpec, JobSummary, Jobs, ShownState } from './types.ts';

/** A worker that cannot be seen from here lives for others as long as it was heard of lately. */
const HEARD_OF_MS = 60_000;

/** The jobs of an open database. */
export function createJobs({ store, runtime }: Pick<AppContext, 'store' | 'runtime'>): Jobs {
  const { jobs } = store;
  const { clock } = runtime;
  const watch = createLeaseWatch({ monotonicMs: () => performance.now() });
  const newOwner = (): JobOwner => ({ ...identityOf(process.pid), token: randomUUID() });

  const shownState = (job: StoredJob): ShownState =>
    job.state === 'running' && watch.isDead(job) ? 'interrupted' : job.state;
  const summaryOf = (job: StoredJob): JobSummary => {
    const steps = jobs.steps(job.id);
    return {
      ...job,
      shown: shownState(job),
      step: steps.find(({ state }) => state === 'running') ?? steps.at(-1) ?? null,
    };
  };
  const existing = (id: number): StoredJob => {
    const job = jobs.job(id);
    if (job) return job;
    throw new RagError('NOT_FOUND', {
      message: `There is no job ${id}.`,
      hint: '`rag jobs list` shows those there are.',
    });
  };

  return {
    enqueue(spec, { origin = 'background', priority } = {}) {
      const { id, isNew } = jobs.enqueue(newJob(spec, { origin, priority }), clock.now());
      return { job: summaryOf(existing(id)), isNew };
    },
    begin(spec) {
      if (store.readOnly || !jobs.isThere) return null;
      const owner = newOwner();
      const isDead = (holder: JobOwner): boolean => watch.isDead({ owner: holder, beat: 0 });
      const job = jobs.begin(newJob(spec, { origin: 'foreground' }), owner, clock.now(), isDead);
      if (!job) return null;
      const running = createRunningJob({ jobs, job, owner, clock });
      return {
        ...running,
        get stopReason() {
          return running.stopReason;
        },
        get kept() {
          return running.kept;
        },
        end(end) {
          const isWritten = running.end(end);
          if (end?.state === 'done') closeInterrupted(jobs, watch, { spec, by: job.id, now: clock.now() });
          return isWritten;
        },
      };
    },
    list: (filter) => jobs.jobs(filter).map(summaryOf),
    counts: jobs.counts,
    get: (id): JobDetails => {
      const job = existing(id);
      return { ...summaryOf(job), steps: jobs.steps(id), attemptList: jobs.attempts(id) };
    },
    log: (id, after, limit) => {
      existing(id);
      return jobs.log(id, after, limit);
    },
    cancel(id) {
      const { state } = existing(id);
      if (state !== 'queued' && state !== 'running') {
        throw new RagError('USAGE', {
          message: `Job ${id} has ended already: it is ${state}.`,
          hint: '`rag jobs list` shows what waits and runs.',
        });
      }
      jobs.requestCancel(id, clock.now());
      // Where its process is gone nobody would hear it.
      takeUpLost(jobs, watch, clock.now());
      return state;
    },
    retry(id) {
      takeUpLost(jobs, watch, clock.now());
      const job = existing(id);
      if (job.state === 'queued' || job.state === 'running') {
        throw new RagError('USAGE', {
          message: `Job ${id} is ${job.state}.`,
          hint: 'Wait for it, or cancel it first.',
        });
      }
      const spec = job.spec as SealedSpec | null;
      checkRepeatable(id, spec);
      // Whoever retries it asks for it, whoever asked for it before.
      if (!jobs.retry(id, spec && sealed(spec), clock.now())) {
        throw new RagError('USAGE', {
          message: `The same as job ${id} waits or runs already.`,
          hint: '`rag jobs list` shows it.',
        });
      }
      return summaryOf(existing(id));
    },
    prune: jobs.prune,
    workers: () =>
      jobs.workers().map((worker) => {
        const isSilent = clock.now() - worker.beatAt > HEARD_OF_MS;
        return { ...worker, isAlive: !watch.isDead(worker) && !(isSilent && watch.isDoubtful(worker)) };
      }),
    async work(options) {
      const { runWorker } = await import('./run-worker.ts');
      return runWorker({ ...options, jobs, clock, watch, newOwner, random: Math.random });
    },
    ...createScheduleList(jobs, clock),
  };
}

function checkRepeatable(id: number, spec: JobSpec | null): void {
  if (spec?.kind !== 'add' || !spec.targets.includes('-')) return;
  throw new RagError('USAGE', {
    message: `Job ${id} read standard input, which is gone.`,
    hint: 'Pipe it in again: `rag add - --title …`.',
  });
}
