import type Database from 'better-sqlite3';
import { RagError } from '../../platform/errors.ts';
import type { Enqueued, MissedRuns, NewJob, NewSchedule, StoredSchedule } from '../job-types.ts';
import { readJson, writeJson } from './job-rows.ts';

type ScheduleRecord = {
  readonly id: number;
  readonly name: string;
  readonly pattern: string;
  readonly timezone: string | null;
  readonly missed: MissedRuns;
  readonly job: string;
  readonly next_at: number;
  readonly is_paused: number;
  readonly created_at: number;
  readonly last_at: number | null;
  readonly last_job: number | null;
};

/** When things are to be done again; `enqueue` is the queue's, within the same transaction. */
export function createSchedules(database: Database.Database, enqueue: (job: NewJob, now: number) => Enqueued) {
  const list = (): StoredSchedule[] =>
    database.prepare<[], ScheduleRecord>('SELECT * FROM schedules ORDER BY name').all().map(storedSchedule);
  const find = (name: string): StoredSchedule | undefined => list().find((schedule) => schedule.name === name);

  return {
    list,
    put({ name, pattern, timezone, missed, job, nextAt }: NewSchedule, now: number): StoredSchedule {
      if (find(name)) {
        throw new RagError('USAGE', {
          message: `There is a schedule "${name}" already.`,
          hint: `Give another --name, or take that one out: \`rag schedule remove ${name}\`.`,
        });
      }
      database
        .prepare(
          `INSERT INTO schedules (name, pattern, timezone, missed, job, next_at, created_at) VALUES (?, ?, ?, ?, ?, ?, ?)`,
        )
        .run(name, pattern, timezone, missed, writeJson(job), nextAt, now);
      return find(name) as StoredSchedule;
    },
    remove: (id: number): void => void database.prepare('DELETE FROM schedules WHERE id = ?').run(id),
    setPaused: (id: number, isPaused: boolean): void =>
      void database.prepare('UPDATE schedules SET is_paused = ? WHERE id = ?').run(Number(isPaused), id),
    resume: (id: number, { job, nextAt }: Pick<NewSchedule, 'job' | 'nextAt'>): void =>
      void database
        .prepare('UPDATE schedules SET is_paused = 0, job = ?, next_at = ? WHERE id = ?')
        .run(writeJson(job), nextAt, id),
    advance(id: number, move: { from: number; to: number; runs: number; now: number }): boolean {
      const { from, to, runs, now } = move;
      const moved = database
        .prepare('UPDATE schedules SET next_at = ? WHERE id = ? AND next_at = ? AND is_paused = 0')
        .run(to, id, from);
      if (moved.changes === 0) return false;
      const schedule = list().find((each) => each.id === id);
      for (let run = 0; schedule && run < runs; run++) {
        // A key of its own for each of several, which are to be done one after another.
        const key = run === 0 ? schedule.job.key : `${schedule.job.key}#${run}`;
        const queued = enqueue({ ...schedule.job, key, origin: 'schedule' }, now);
        database.prepare('UPDATE schedules SET last_at = ?, last_job = ? WHERE id = ?').run(now, queued.id, id);
      }
      return true;
    },
  };
}

const storedSchedule = (record: ScheduleRecord): StoredSchedule => ({
  id: record.id,
  name: record.name,
  pattern: record.pattern,
  timezone: record.timezone,
  missed: record.missed,
  job: readJson(record.job) as StoredSchedule['job'],
  nextAt: record.next_at,
  isPaused: record.is_paused === 1,
  createdAt: record.created_at,
  lastAt: record.last_at,
  lastJob: record.last_job,
});
