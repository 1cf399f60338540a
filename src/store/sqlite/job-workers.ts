import type Database from 'better-sqlite3';
import type { JobOwner, StoredWorker } from '../job-types.ts';
import { readJson, writeJson } from './job-rows.ts';

type WorkerRecord = {
  readonly owner: string;
  readonly started_at: number;
  readonly beat: number;
  readonly beat_at: number;
  readonly concurrency: number;
};

/** Processes that take jobs from the queue until they are told to stop. */
export function createJobWorkers(database: Database.Database) {
  return {
    put: (owner: JobOwner, { concurrency, now }: { readonly concurrency: number; readonly now: number }): void =>
      void database
        .prepare('INSERT OR REPLACE INTO job_workers VALUES (?, ?, ?, 0, ?, ?)')
        .run(owner.token, writeJson(owner), now, now, concurrency),
    beat: (token: string, now: number): void =>
      void database.prepare('UPDATE job_workers SET beat = beat + 1, beat_at = ? WHERE token = ?').run(now, token),
    remove: (token: string): void => void database.prepare('DELETE FROM job_workers WHERE token = ?').run(token),
    /** In one transaction with those who queue: either they see this worker, or it sees what they queued. */
    retire: (token: string): boolean =>
      database
        .prepare(`DELETE FROM job_workers WHERE token = ? AND NOT EXISTS (SELECT 1 FROM jobs WHERE state = 'queued')`)
        .run(token).changes > 0,
    list: (): StoredWorker[] =>
      database
        .prepare<[], WorkerRecord>('SELECT * FROM job_workers ORDER BY started_at')
        .all()
        .flatMap(({ owner, started_at, beat, beat_at, concurrency }) => {
          const known = readJson(owner) as JobOwner | null;
          return known ? [{ owner: known, startedAt: started_at, beat, beatAt: beat_at, concurrency }] : [];
        }),
  };
}
