import type { Clock } from '../../platform/runtime.ts';
import type { JobEnd, JobLogLine, JobOwner, JobStep, JobStore, JobUpdate, StoredJob } from '../../store/types.ts';
import type { RunningJob, StopReason } from './types.ts';

/** Within this time a job that was cancelled by another process knows it. */
const LOOK_EVERY_MS = 100;
/** Every so many looks it says how far it is, and with that that it lives. */
const LOOKS_PER_BEAT = 10;
/** A checkpoint is worth waiting for: without it the work is done again. */
const CHECKPOINT_WAIT_MS = 2000;
/** Lines that wait while another process has the database locked. */
const MAX_PENDING_LINES = 1000;

export type RunningJobOptions = {
  readonly jobs: JobStore;
  readonly job: StoredJob;
  readonly owner: JobOwner;
  readonly clock: Clock;
  /** Calls `work` again and again, until what it returns is called. */
  readonly every?: (ms: number, work: () => void) => () => void;
};

/** A job that this process works on: it says how far it is, and hears when it is to stop. */
export function createRunningJob({ jobs, job, owner, clock, every = byTimer }: RunningJobOptions): RunningJob {
  const { token } = owner;
  const controller = new AbortController();
  const steps: JobStep[] = [...jobs.steps(job.id)];
  let log: Omit<JobLogLine, 'id'>[] = [];
  let units = job.units;
  let kept = job.checkpoint;
  let stopReason: StopReason | null = null;
  let looks = 0;

  const stop = (reason: StopReason): void => {
    if (stopReason !== null) return;
    stopReason = reason;
    controller.abort(reason);
  };
  const update = (): JobUpdate => ({ now: clock.now(), units, steps, log });
  const write = (extra: Partial<JobUpdate>, waitMs: number): void => {
    if (jobs.update(job.id, token, { ...update(), ...extra }, waitMs)) log = [];
  };
  const look = (): void => {
    const standing = jobs.standing(job.id, token);
    if (standing !== 'ours') stop(standing);
    if (standing !== 'lost' && ++looks % LOOKS_PER_BEAT === 0) write({}, 0);
  };
  const stopLooking = every(LOOK_EVERY_MS, look);

  return {
    job,
    signal: controller.signal,
    steps,
    get stopReason() {
      return stopReason;
    },
    get kept() {
      return kept;
    },
    stop,
    step(name, change) {
      const at = steps.findIndex((step) => step.name === name);
      const before = steps[at] ?? { ...NEW_STEP, name, startedAt: clock.now() };
      steps[at === -1 ? steps.length : at] = { ...before, ...change };
    },
    addUnits(count) {
      units += count;
    },
    log(level, text) {
      if (log.length < MAX_PENDING_LINES) log.push({ at: clock.now(), level, text });
    },
    checkpoint(value) {
      kept = value;
      write({ checkpoint: value }, CHECKPOINT_WAIT_MS);
    },
    end(end: JobEnd | null) {
      stopLooking();
      return end === null || jobs.end(job.id, token, end, update());
    },
  };
}

const NEW_STEP: Omit<JobStep, 'name' | 'startedAt'> = {
  state: 'running',
  done: 0,
  total: 0,
  attempts: 0,
  endedAt: null,
  result: null,
  error: null,
};

function byTimer(ms: number, work: () => void): () => void {
  const timer = setInterval(work, ms);
  timer.unref();
  return () => clearInterval(timer);
}
