import type Database from 'better-sqlite3';
import type { Enqueued, JobEnd, JobFilter, JobOwner, JobState, NewJob, StoredJob } from '../job-types.ts';
import { type JobRecord, readJson, storedJob, writeJson } from './job-rows.ts';

/** Waiting so long is worth one step of priority, so that nothing waits for ever behind what is more urgent. */
const AGEING_MS = 600_000;
/** No wait before a further attempt is longer, so that a clock which was set back keeps no job waiting. */
const MAX_RUN_AFTER_MS = 3_600_000;
/** Ended jobs that are kept without anybody's asking. */
const KEPT_JOBS = 1000;

const DUE = `state = 'queued' AND (run_after <= @now OR run_after > @now + ${MAX_RUN_AFTER_MS})`;

/** The rows of jobs; every function that writes is called within a transaction that holds the write lock. */
export function createJobQueue(database: Database.Database) {
  const select = database.prepare<[number], JobRecord>('SELECT * FROM jobs WHERE id = ?');
  const selectOpen = database.prepare<[string], JobRecord>(
    `SELECT * FROM jobs WHERE key = ? AND state IN ('queued', 'running')`,
  );
  const insert = database.prepare(`
    INSERT INTO jobs (kind, title, spec, key, origin, state, priority, run_after, queued_at)
    VALUES (@kind, @title, @spec, @key, @origin, 'queued', @priority, @now, @now)`);
  const first = database
    .prepare<{ now: number }, number>(
      `SELECT id FROM jobs WHERE ${DUE}
       ORDER BY priority + (@now - queued_at) / ${AGEING_MS} DESC, id LIMIT 1`,
    )
    .pluck();
  const anyDue = database.prepare<{ now: number }, number>(`SELECT 1 FROM jobs WHERE ${DUE} LIMIT 1`).pluck();
  const start = database.prepare(`
    UPDATE jobs SET state = 'running', owner = @owner, token = @token, beat = beat + 1, beat_at = @now,
      attempts = attempts + 1, started_at = coalesce(started_at, @now), cancel_requested = 0, ended_at = NULL
    WHERE id = @id`);
  const openAttempt = database.prepare(`
    INSERT INTO job_attempts (job_id, number, pid, started_at, outcome)
    VALUES (@id, 1 + (SELECT coalesce(max(number), 0) FROM job_attempts WHERE job_id = @id), @pid, @now, 'running')`);
  const endAttempt = database.prepare(`
    UPDATE job_attempts SET ended_at = @now, outcome = @outcome, error = @error
    WHERE job_id = @id AND outcome = 'running'`);
  const close = database.prepare(`
    UPDATE jobs SET state = @state, owner = NULL, token = NULL, result = coalesce(@result, result), error = @error,
      ended_at = @now WHERE id = @id`);
  const requeue = database.prepare(`
    UPDATE jobs SET state = 'queued', owner = NULL, token = NULL, run_after = @runAfter, error = @error,
      attempts = attempts - @uncounted WHERE id = @id`);
  const lose = database.prepare(`
    UPDATE jobs SET losses = iif(units > units_at_loss, 1, losses + 1), units_at_loss = units WHERE id = @id`);
  const forgetOld = database.prepare(`
    DELETE FROM jobs WHERE state NOT IN ('queued', 'running') AND id NOT IN (
      SELECT id FROM jobs WHERE state NOT IN ('queued', 'running') ORDER BY ended_at DESC, id DESC LIMIT ?)`);

  const get = (id: number): StoredJob | null => {
    const record = select.get(id);
    return record ? storedJob(record) : null;
  };
  const take = (id: number, owner: JobOwner, now: number): StoredJob => {
    start.run({ id, owner: writeJson(owner), token: owner.token, now });
    openAttempt.run({ id, pid: owner.pid, now });
    return get(id) as StoredJob;
  };
  const put = (job: NewJob, now: number): number =>
    Number(insert.run({ ...job, spec: writeJson(job.spec), priority: job.priority ?? 0, now }).lastInsertRowid);
  const finish = (id: number, end: JobEnd, now: number): void => {
    const error = writeJson('error' in end ? end.error : null);
    const outcome = end.state === 'queued' ? end.outcome : end.state;
    endAttempt.run({ id, now, outcome, error });
    if (end.state === 'queued') {
      requeue.run({ id, runAfter: end.runAfter, error, uncounted: Number(end.outcome === 'stopped') });
    } else {
      const result = 'result' in end && end.result !== undefined ? writeJson(end.result) : null;
      close.run({ id, state: end.state, result, error, now });
    }
  };

  return {
    get,
    finish,
    enqueue(job: NewJob, now: number): Enqueued {
      const there = selectOpen.get(job.key);
      if (there) return { id: there.id, isNew: false };
      forgetOld.run(KEPT_JOBS);
      return { id: put(job, now), isNew: true };
    },
    begin(job: NewJob, owner: JobOwner, now: number, isDead: (owner: JobOwner) => boolean): StoredJob | null {
      const there = selectOpen.get(job.key);
      if (there?.state === 'running') {
        const holder = readJson(there.owner) as JobOwner | null;
        if (holder && !isDead(holder)) return null;
        endAttempt.run({ id: there.id, now, outcome: 'lost', error: writeJson(null) });
      }
      if (!there) forgetOld.run(KEPT_JOBS);
      return take(there?.id ?? put(job, now), owner, now);
    },
    claim(owner: JobOwner, now: number): StoredJob | null {
      const id = first.get({ now });
      return id === undefined ? null : take(id, owner, now);
    },
    hasDue: (now: number): boolean => anyDue.get({ now }) !== undefined,
    /** Ends it as its end says; `lost` sends it to the queue, and counts that it was. */
    release(id: number, end: JobEnd | { readonly state: 'lost' }, now: number): void {
      if (end.state !== 'lost') {
        finish(id, end, now);
        return;
      }
      lose.run({ id });
      endAttempt.run({ id, now, outcome: 'lost', error: writeJson(null) });
      requeue.run({ id, runAfter: now, error: writeJson(null), uncounted: 1 });
    },
    requestCancel(id: number, now: number): JobState | null {
      const there = select.get(id);
      if (!there) return null;
      if (there.state === 'queued') finish(id, { state: 'cancelled' }, now);
      if (there.state === 'running') database.prepare('UPDATE jobs SET cancel_requested = 1 WHERE id = ?').run(id);
      return there.state;
    },
    retry(id: number, spec: unknown, now: number): boolean {
      const there = select.get(id);
      if (!there || selectOpen.get(there.key)) return false;
      database
        .prepare(
          `UPDATE jobs SET spec = @spec, state = 'queued', attempts = 0, losses = 0, run_after = @now, queued_at = @now, error = 'null',
             cancel_requested = 0, ended_at = NULL, origin = iif(origin = 'foreground', 'background', origin) WHERE id = @id`,
        )
        .run({ id, now, spec: writeJson(spec) });
      return true;
    },
    jobs({ states, kind, limit }: JobFilter): StoredJob[] {
      const rows = database.prepare<{ states: string | null; kind: string | null; limit: number }, JobRecord>(
        `SELECT * FROM jobs
         WHERE (@states IS NULL OR state IN (SELECT value FROM json_each(@states))) AND (@kind IS NULL OR kind = @kind)
         ORDER BY CASE state WHEN 'running' THEN 0 WHEN 'queued' THEN 1 ELSE 2 END,
           iif(state = 'queued', -priority, 0), iif(state = 'queued', id, 0),
           coalesce(ended_at, started_at) DESC, id DESC LIMIT @limit`,
      );
      return rows.all({ states: states ? writeJson(states) : null, kind: kind ?? null, limit }).map(storedJob);
    },
    running: (): StoredJob[] =>
      database.prepare<[], JobRecord>(`SELECT * FROM jobs WHERE state = 'running' ORDER BY id`).all().map(storedJob),
    counts(): Record<JobState, number> {
      const rows = database
        .prepare<[], { state: JobState; jobs: number }>('SELECT state, count(*) AS jobs FROM jobs GROUP BY state')
        .all();
      const none = { queued: 0, running: 0, done: 0, failed: 0, cancelled: 0 };
      return { ...none, ...Object.fromEntries(rows.map(({ state, jobs }) => [state, jobs])) };
    },
    standing(id: number, token: string): 'ours' | 'cancel' | 'lost' {
      const there = select.get(id);
      if (there?.state !== 'running' || there.token !== token) return 'lost';
      return there.cancel_requested === 1 ? 'cancel' : 'ours';
    },
    prune: ({ before, keep }: { readonly before: number; readonly keep: number }): number =>
      database
        .prepare(
          `DELETE FROM jobs WHERE state NOT IN ('queued', 'running') AND ended_at < @before AND id NOT IN (
             SELECT id FROM jobs WHERE state NOT IN ('queued', 'running') ORDER BY ended_at DESC, id DESC LIMIT @keep)`,
        )
        .run({ before, keep }).changes,
  };
}
