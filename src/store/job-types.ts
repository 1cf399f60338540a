import type { ProcessIdentity } from '../platform/process-identity.ts';

export type JobState = 'queued' | 'running' | 'done' | 'failed' | 'cancelled';

/** Who began it. What ran in the foreground and was killed is not taken up by workers. */
export type JobOrigin = 'foreground' | 'background' | 'schedule';

/** The process that runs a job; `token` is of this run of it alone. */
export type JobOwner = ProcessIdentity & { readonly token: string };

export type JobError = {
  readonly code: string;
  readonly message: string;
  readonly hint?: string;
  readonly stack?: string;
};

export type NewJob = {
  readonly kind: string;
  /** What people are shown. */
  readonly title: string;
  /** What is to be done, as JSON. */
  readonly spec: unknown;
  /** Of two jobs with the same key only one waits or runs at a time. */
  readonly key: string;
  readonly origin: JobOrigin;
  /** Higher is sooner; 0 unless said otherwise. */
  readonly priority?: number;
};

/** Times are milliseconds since 1970. */
export type StoredJob = Required<NewJob> & {
  readonly id: number;
  readonly state: JobState;
  /** Attempts that were begun and count against the limit. */
  readonly attempts: number;
  /** Times in a row that its process died before anything more was done. */
  readonly losses: number;
  /** Not before. */
  readonly runAfter: number;
  readonly cancelRequested: boolean;
  /** Null unless it runs. */
  readonly owner: JobOwner | null;
  /** Grows while its process lives. */
  readonly beat: number;
  readonly beatAt: number | null;
  /** Pieces of work that are done for good, over all attempts. */
  readonly units: number;
  /** What the kind of job remembers to go on from; null at first. */
  readonly checkpoint: unknown;
  readonly result: unknown;
  readonly error: JobError | null;
  readonly queuedAt: number;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
};

export type JobStepState = 'waiting' | 'running' | 'done' | 'failed' | 'skipped';

/** A part of a job. `total` 0: not known. */
export type JobStep = {
  readonly name: string;
  readonly state: JobStepState;
  readonly done: number;
  readonly total: number;
  readonly attempts: number;
  readonly startedAt: number | null;
  readonly endedAt: number | null;
  readonly result: unknown;
  readonly error: JobError | null;
};

/** `lost`: its process died. `stopped`: it went back to the queue. */
export type AttemptOutcome = 'running' | 'done' | 'failed' | 'cancelled' | 'lost' | 'stopped';

export type JobAttempt = {
  readonly number: number;
  readonly pid: number;
  readonly startedAt: number;
  readonly endedAt: number | null;
  readonly outcome: AttemptOutcome;
  readonly error: JobError | null;
};

export type JobLogLevel = 'info' | 'warning' | 'error' | 'output';

export type JobLogLine = {
  readonly id: number;
  readonly at: number;
  readonly level: JobLogLevel;
  readonly text: string;
};

export type JobUpdate = {
  readonly now: number;
  readonly units: number;
  readonly steps: readonly JobStep[];
  readonly log: readonly Omit<JobLogLine, 'id'>[];
  /** Left out: as it was. */
  readonly checkpoint?: unknown;
};

export type JobEnd =
  | { readonly state: 'done'; readonly result: unknown }
  | { readonly state: 'failed'; readonly error: JobError; readonly result?: unknown }
  | { readonly state: 'cancelled'; readonly result?: unknown }
  /** Back to the queue: to be tried again when it failed, or gone on with when its worker was told to stop. */
  | {
      readonly state: 'queued';
      readonly outcome: 'failed' | 'stopped';
      readonly runAfter: number;
      readonly error?: JobError;
    };

export type JobFilter = {
  readonly states?: readonly JobState[];
  readonly kind?: string;
  readonly limit: number;
};

export type StoredWorker = {
  readonly owner: JobOwner;
  readonly startedAt: number;
  readonly beat: number;
  readonly beatAt: number;
  readonly concurrency: number;
};

/** What happens to runs that fell due while no worker lived: one in place of all, none, or each of them. */
export type MissedRuns = 'once' | 'skip' | 'all';

export type NewSchedule = {
  readonly name: string;
  readonly pattern: string;
  /** IANA name; null = that of the machine. */
  readonly timezone: string | null;
  readonly missed: MissedRuns;
  readonly job: Omit<NewJob, 'origin'>;
  /** Milliseconds since 1970. */
  readonly nextAt: number;
};

export type StoredSchedule = NewSchedule & {
  readonly id: number;
  readonly isPaused: boolean;
  readonly createdAt: number;
  readonly lastAt: number | null;
  readonly lastJob: number | null;
};

export type Enqueued = { readonly id: number; readonly isNew: boolean };

/**
 * Jobs, those who work on them, and schedules. Nothing here changes what a search finds: the generation stays as it is.
 * Of a database from before there were such tables, empty; writes throw DB_READ_ONLY where nothing can be written.
 */
export type JobStore = {
  readonly isThere: boolean;
  /** The job of the same key that waits or runs already, or a new one at the end of the queue. */
  enqueue(job: NewJob, now: number): Enqueued;
  /**
   * Notes a job that this process begins now, and takes over one of the same key that waits, or that runs by an owner for
   * whom `isDead` says so. Null when one of the key runs, and when it could not be noted within half a second.
   */
  begin(job: NewJob, owner: JobOwner, now: number, isDead: (owner: JobOwner) => boolean): StoredJob | null;
  /** The first in the queue that is due, which is this owner's from now on. Null when there is none. */
  claim(owner: JobOwner, now: number): StoredJob | null;
  /** Whether there is one to claim, without waiting for anybody. */
  hasDue(now: number): boolean;
  /** Writes how far it is, at once or not at all; with `waitMs` it waits so long for other writers. False: not written. */
  update(id: number, token: string, update: JobUpdate, waitMs?: number): boolean;
  /** `lost`: somebody else has it, or it ended. */
  standing(id: number, token: string): 'ours' | 'cancel' | 'lost';
  /** False when it was not this token's any more. Waits some seconds for other writers. */
  end(id: number, token: string, end: JobEnd, update: JobUpdate): boolean;
  /** Of an owner that died: to the queue, or to its end. False when it is not this owner's any more. */
  release(id: number, token: string, end: JobEnd | { readonly state: 'lost' }, now: number): boolean;
  /** Cancels what waits, and asks the owner of what runs. Returns its state before; null when there is none. */
  requestCancel(id: number, now: number): JobState | null;
  /** Puts one that failed or was cancelled into the queue again. False when one of the same key waits or runs. */
  retry(id: number, spec: unknown, now: number): boolean;
  /** Ends as done what was interrupted in the foreground and is finished now. */
  close(id: number, note: string, now: number): void;
  job(id: number): StoredJob | null;
  /** What runs, what waits in the order of the queue, then what ended, newest first. */
  jobs(filter: JobFilter): readonly StoredJob[];
  running(): readonly StoredJob[];
  counts(): Readonly<Record<JobState, number>>;
  steps(id: number): readonly JobStep[];
  attempts(id: number): readonly JobAttempt[];
  /** Lines after the one of this id, oldest first. */
  log(id: number, after: number, limit: number): readonly JobLogLine[];
  addLog(id: number, line: Omit<JobLogLine, 'id'>): void;
  /** Forgets what ended before, but for so many of the newest. Returns how many it were. */
  prune(options: { readonly before: number; readonly keep: number }): number;

  putWorker(owner: JobOwner, options: { readonly concurrency: number; readonly now: number }): void;
  beatWorker(token: string, now: number): void;
  removeWorker(token: string): void;
  /** Takes the worker out unless there is something for it to do; whether it is out. */
  retireWorker(token: string): boolean;
  workers(): readonly StoredWorker[];

  /** Throws USAGE when there is one of this name. */
  putSchedule(schedule: NewSchedule, now: number): StoredSchedule;
  schedules(): readonly StoredSchedule[];
  removeSchedule(id: number): void;
  setSchedulePaused(id: number, isPaused: boolean): void;
  resumeSchedule(id: number, change: Pick<NewSchedule, 'job' | 'nextAt'>): void;
  /** Moves it on and queues what is due; false when another worker has done it. */
  advanceSchedule(
    id: number,
    move: { readonly from: number; readonly to: number; readonly runs: number; readonly now: number },
  ): boolean;
};
