import type {
  JobAttempt,
  JobDetails,
  JobLogLine,
  JobStep,
  JobSummary,
  StoredSchedule,
  WorkerSummary,
  WorkReport,
} from '../../../app/jobs/types.ts';

/** ISO 8601 of milliseconds since 1970. */
const timeOf = (at: number | null): string | null => (at === null || at > 8.64e15 ? null : new Date(at).toISOString());

type Fault = JobSummary['error'];
const faultToJson = (error: Fault) => error && { code: error.code, message: error.message, hint: error.hint ?? null };

const stepToJson = (step: JobStep) => ({
  name: step.name,
  state: step.state,
  done: step.done,
  total: step.total,
  attempts: step.attempts,
  startedAt: timeOf(step.startedAt),
  endedAt: timeOf(step.endedAt),
  result: step.result,
  error: faultToJson(step.error),
});

/** A job of `rag.jobs/1`, `rag.job/1`. `state` is interrupted where it runs by a process that is gone. */
export const jobToJson = (job: JobSummary) => ({
  id: job.id,
  kind: job.kind,
  title: job.title,
  state: job.shown,
  origin: job.origin,
  priority: job.priority,
  attempts: job.attempts,
  units: job.units,
  pid: job.owner?.pid ?? null,
  step: job.step && stepToJson(job.step),
  result: job.result,
  error: faultToJson(job.error),
  queuedAt: timeOf(job.queuedAt),
  startedAt: timeOf(job.startedAt),
  endedAt: timeOf(job.endedAt),
  runAfter: job.state === 'queued' ? timeOf(job.runAfter) : null,
});

const attemptToJson = ({ number, pid, startedAt, endedAt, outcome, error }: JobAttempt) => ({
  number,
  pid,
  startedAt: timeOf(startedAt),
  endedAt: timeOf(endedAt),
  outcome,
  error: error && { ...faultToJson(error), stack: error.stack ?? null },
});

/** Data of `rag.job/1`. */
export const jobDetailsToJson = (job: JobDetails) => ({
  ...jobToJson(job),
  steps: job.steps.map(stepToJson),
  attemptList: job.attemptList.map(attemptToJson),
});

export const logLineToJson = ({ id, at, level, text }: JobLogLine) => ({ id, at: timeOf(at), level, text });

export const workerToJson = ({ owner, startedAt, concurrency, isAlive }: WorkerSummary) => ({
  pid: owner.pid,
  startedAt: timeOf(startedAt),
  concurrency,
  isAlive,
});

/** Data of `rag.worker/1`: how many jobs ended how. */
export const workReportToJson = ({ done, failed, cancelled, requeued }: WorkReport) => ({
  done,
  failed,
  cancelled,
  requeued,
});

/** An entry of `rag.schedules/1`. `nextAt` is null where it never comes again. */
export const scheduleToJson = (schedule: StoredSchedule) => ({
  id: schedule.id,
  name: schedule.name,
  pattern: schedule.pattern,
  timezone: schedule.timezone,
  missed: schedule.missed,
  kind: schedule.job.kind,
  title: schedule.job.title,
  isPaused: schedule.isPaused,
  nextAt: schedule.isPaused ? null : timeOf(schedule.nextAt),
  lastAt: timeOf(schedule.lastAt),
  lastJob: schedule.lastJob,
});

export const runTimesToJson = (times: readonly number[]) => times.map(timeOf);
