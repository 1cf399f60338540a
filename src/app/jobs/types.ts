import type { RagError } from '../../platform/errors.ts';
import type {
  JobAttempt,
  JobEnd,
  JobFilter,
  JobLogLevel,
  JobLogLine,
  JobOwner,
  JobState,
  JobStep,
  MissedRuns,
  NewJob,
  StoredJob,
  StoredSchedule,
  StoredWorker,
} from '../../store/types.ts';
import type { KnowledgeBase } from '../types.ts';
import type { JobSpec, NewJobOptions } from './job-spec.ts';

export type * from './job-spec.ts';
export type {
  JobAttempt,
  JobFilter,
  JobLogLine,
  JobState,
  JobStep,
  MissedRuns,
  StoredJob,
  StoredSchedule,
  StoredWorker,
};

/** As people see it: `interrupted` is one that runs for the database, but whose process is gone. */
export type ShownState = JobState | 'interrupted';

export type JobSummary = StoredJob & {
  readonly shown: ShownState;
  /** The part that is being worked on. */
  readonly step: JobStep | null;
};

export type JobDetails = JobSummary & {
  readonly steps: readonly JobStep[];
  readonly attemptList: readonly JobAttempt[];
};

export type WorkerSummary = StoredWorker & { readonly isAlive: boolean };

/** How a job tells what it does. */
export type JobReporter = {
  readonly job: StoredJob;
  /** Fires when it is to stop: it was cancelled, its worker was told to stop, or another process has it. */
  readonly signal: AbortSignal;
  readonly steps: readonly JobStep[];
  /** Changes a step, or adds it behind the others. */
  step(name: string, change: Partial<Omit<JobStep, 'name'>>): void;
  /** So many more pieces of work are done for good. */
  addUnits(count: number): void;
  log(level: JobLogLevel, text: string): void;
  /** Keeps what the job goes on from after its process was killed, in the database when this returns, unless it is locked. */
  checkpoint(value: unknown): void;
  /** What was kept last; null at first. */
  readonly kept: unknown;
};

/** Why a running job is to stop. */
export type StopReason = 'cancel' | 'stop' | 'lost';

export type RunningJob = JobReporter & {
  readonly stopReason: StopReason | null;
  stop(reason: StopReason): void;
  /** Writes how it ended; null when another process has it. False when that could not be written. */
  end(end: JobEnd | null): boolean;
};

/** What a job came to: `problem` says what went wrong, and `isFailure` that nothing useful was done. */
export type KindOutcome = {
  readonly result: Readonly<Record<string, unknown>>;
  readonly problem: RagError | null;
  readonly isFailure: boolean;
  /** False when a signal cut it short: there is more to do. */
  readonly isWhole: boolean;
};

/** What a job has to do its work with. */
export type JobTools = {
  readonly knowledgeBase: KnowledgeBase;
  /** How rag itself is run: `[node, script]`. */
  readonly program: readonly string[];
  /** Where trusted folders are listed. */
  readonly trustFile: string;
};

export type NewScheduleOptions = {
  readonly pattern: string;
  readonly name?: string;
  readonly timezone?: string;
  readonly missed?: MissedRuns;
};

/** The jobs of a database. References that name none throw NOT_FOUND. */
export type Jobs = {
  enqueue(spec: JobSpec, options?: Partial<NewJobOptions>): { readonly job: JobSummary; readonly isNew: boolean };
  /** Notes work of this process as a job; null where it cannot be noted, or is being done by another process. */
  begin(spec: JobSpec): RunningJob | null;
  list(filter: JobFilter): readonly JobSummary[];
  counts(): Readonly<Record<JobState, number>>;
  get(id: number): JobDetails;
  log(id: number, after: number, limit: number): readonly JobLogLine[];
  /** The state that it was in. Throws USAGE for one that has ended. */
  cancel(id: number): JobState;
  /** Throws USAGE for one that has not ended, or cannot be done again. */
  retry(id: number): JobSummary;
  prune(options: { readonly before: number; readonly keep: number }): number;
  workers(): readonly WorkerSummary[];
  /** Works until it is told to stop, or as `until` says. */
  work(options: WorkOptions): Promise<WorkReport>;

  schedules(): readonly StoredSchedule[];
  /** Throws USAGE for a pattern or time zone that is none. */
  addSchedule(spec: JobSpec, options: NewScheduleOptions): Promise<StoredSchedule>;
  /** By its name or number. */
  findSchedule(reference: string): StoredSchedule;
  removeSchedule(reference: string): StoredSchedule;
  pauseSchedule(reference: string): StoredSchedule;
  resumeSchedule(reference: string): Promise<StoredSchedule>;
  /** Times at which it runs from now on, in milliseconds since 1970. */
  nextRuns(schedule: StoredSchedule, count: number): Promise<readonly number[]>;
};

export type WorkEvent =
  | { readonly type: 'job-start'; readonly job: StoredJob }
  | { readonly type: 'job-end'; readonly job: StoredJob; readonly end: JobEnd | null }
  | { readonly type: 'job-lost'; readonly job: StoredJob; readonly end: 'queued' | 'failed' }
  | { readonly type: 'schedule-due'; readonly schedule: StoredSchedule; readonly runs: number };

export type WorkOptions = {
  readonly concurrency: number;
  readonly maxAttempts: number;
  /** `one`: a single job; `empty`: until nothing waits. */
  readonly until: 'stopped' | 'empty' | 'one';
  readonly program: readonly string[];
  readonly trustFile: string;
  /** Opens the database under the settings of a job. */
  open(spec: JobSpec, running: JobReporter): Promise<KnowledgeBase>;
  onEvent?(event: WorkEvent): void;
  readonly signal: AbortSignal;
};

export type WorkReport = Readonly<Record<'done' | 'failed' | 'cancelled' | 'requeued', number>>;

export type { JobEnd, JobOwner, NewJob };
