import Database from 'better-sqlite3';
import { RagError } from '../../platform/errors.ts';
import type { JobStore } from '../job-types.ts';
import { createJobQueue } from './job-queue.ts';
import { createJobRecords } from './job-records.ts';
import { createJobWorkers } from './job-workers.ts';
import { BUSY_TIMEOUT_MS } from './open-database.ts';
import { createSchedules } from './schedules.ts';

/** What is noted beside the work waits no longer for another process that writes. */
const NOTE_TIMEOUT_MS = 500;
/** How a job ended is worth more: without it the job would look as if it had been killed. */
const END_TIMEOUT_MS = 10_000;

type JobsOptions = { readonly path: string; readonly readOnly: boolean; readonly check: () => void };

/** Jobs in the database: short transactions that leave the generation as it is. */
export function createJobs(database: Database.Database, { path, readOnly, check }: JobsOptions): JobStore {
  // A database that is open for reading only may be of a version before these tables.
  const isThere = database.prepare(`SELECT 1 FROM sqlite_schema WHERE name = 'schedules'`).get() !== undefined;
  const tables = isThere ? tablesOf(database) : null;
  type Tables = NonNullable<typeof tables>;

  const write = <T>(timeoutMs: number, work: (tables: Tables) => T): T => {
    if (readOnly || !tables) {
      throw new RagError('DB_READ_ONLY', {
        message: `The database ${path} is open for reading only.`,
        hint: 'Make the file and its folder writable, or choose another file with --db.',
      });
    }
    check();
    database.pragma(`busy_timeout = ${timeoutMs}`);
    try {
      return database.transaction(() => work(tables)).immediate();
    } finally {
      database.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`);
    }
  };
  /** Null when it cannot be written, or not in time. */
  const tryToWrite = <T>(timeoutMs: number, work: (tables: Tables) => T): T | null => {
    if (readOnly || !tables || !database.open) return null;
    try {
      return write(timeoutMs, work);
    } catch (error) {
      if (error instanceof Database.SqliteError) return null;
      throw error;
    }
  };

  return {
    isThere,
    enqueue: (job, now) => write(BUSY_TIMEOUT_MS, ({ queue }) => queue.enqueue(job, now)),
    begin: (job, owner, now, isDead) =>
      tryToWrite(NOTE_TIMEOUT_MS, ({ queue }) => queue.begin(job, owner, now, isDead)),
    claim: (owner, now) => write(BUSY_TIMEOUT_MS, ({ queue }) => queue.claim(owner, now)),
    hasDue: (now) => tables?.queue.hasDue(now) ?? false,
    update: (id, token, update, waitMs = 0) =>
      tryToWrite(waitMs, ({ records }) => records.update(id, token, update)) ?? false,
    standing: (id, token) => (database.open && tables?.queue.standing(id, token)) || 'lost',
    end: (id, token, end, update) =>
      tryToWrite(END_TIMEOUT_MS, ({ queue, records }) => {
        if (!records.update(id, token, update)) return false;
        queue.finish(id, end, update.now);
        return true;
      }) ?? false,
    release: (id, token, end, now) =>
      write(BUSY_TIMEOUT_MS, ({ queue }) => {
        if (queue.standing(id, token) === 'lost') return false;
        queue.release(id, end, now);
        return true;
      }),
    requestCancel: (id, now) => write(BUSY_TIMEOUT_MS, ({ queue }) => queue.requestCancel(id, now)),
    retry: (id, spec, now) => write(BUSY_TIMEOUT_MS, ({ queue }) => queue.retry(id, spec, now)),
    close: (id, note, now) =>
      void tryToWrite(NOTE_TIMEOUT_MS, ({ queue, records }) => {
        queue.finish(id, { state: 'done', result: { note } }, now);
        records.addLog(id, [{ at: now, level: 'info', text: note }]);
      }),
    job: (id) => tables?.queue.get(id) ?? null,
    jobs: (filter) => tables?.queue.jobs(filter) ?? [],
    running: () => tables?.queue.running() ?? [],
    counts: () => tables?.queue.counts() ?? { queued: 0, running: 0, done: 0, failed: 0, cancelled: 0 },
    steps: (id) => tables?.records.steps(id) ?? [],
    attempts: (id) => tables?.records.attempts(id) ?? [],
    log: (id, after, limit) => tables?.records.log(id, after, limit) ?? [],
    addLog: (id, line) => void tryToWrite(NOTE_TIMEOUT_MS, ({ records }) => records.addLog(id, [line])),
    prune: (options) => write(BUSY_TIMEOUT_MS, ({ queue }) => queue.prune(options)),
    putWorker: (owner, options) => write(BUSY_TIMEOUT_MS, ({ workers }) => workers.put(owner, options)),
    beatWorker: (token, now) => void tryToWrite(0, ({ workers }) => workers.beat(token, now)),
    removeWorker: (token) => void tryToWrite(END_TIMEOUT_MS, ({ workers }) => workers.remove(token)),
    retireWorker: (token) => tryToWrite(NOTE_TIMEOUT_MS, ({ workers }) => workers.retire(token)) ?? false,
    workers: () => tables?.workers.list() ?? [],
    putSchedule: (schedule, now) => write(BUSY_TIMEOUT_MS, ({ schedules }) => schedules.put(schedule, now)),
    schedules: () => tables?.schedules.list() ?? [],
    removeSchedule: (id) => write(BUSY_TIMEOUT_MS, ({ schedules }) => schedules.remove(id)),
    setSchedulePaused: (id, isPaused) => write(BUSY_TIMEOUT_MS, ({ schedules }) => schedules.setPaused(id, isPaused)),
    resumeSchedule: (id, change) => write(BUSY_TIMEOUT_MS, ({ schedules }) => schedules.resume(id, change)),
    advanceSchedule: (id, move) => write(BUSY_TIMEOUT_MS, ({ schedules }) => schedules.advance(id, move)),
  };
}

function tablesOf(database: Database.Database) {
  const queue = createJobQueue(database);
  return {
    queue,
    records: createJobRecords(database),
    workers: createJobWorkers(database),
    schedules: createSchedules(database, queue.enqueue),
  };
}
