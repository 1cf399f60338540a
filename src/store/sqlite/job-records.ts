import type Database from 'better-sqlite3';
import type { AttemptOutcome, JobAttempt, JobError, JobLogLine, JobStep, JobUpdate } from '../job-types.ts';
import { readJson, writeJson } from './job-rows.ts';

/** What is kept of each job: enough to see what went wrong, bounded whatever a job says. */
const KEPT_LINES = 1000;
const KEPT_ATTEMPTS = 100;
const MAX_LINE_LENGTH = 2000;

type StepRecord = Omit<JobStep, 'result' | 'error' | 'startedAt' | 'endedAt'> & {
  readonly started_at: number | null;
  readonly ended_at: number | null;
  readonly result: string;
  readonly error: string;
};

type AttemptRecord = {
  readonly number: number;
  readonly pid: number;
  readonly started_at: number;
  readonly ended_at: number | null;
  readonly outcome: AttemptOutcome;
  readonly error: string;
};

/** Progress, attempts and logs of jobs. */
export function createJobRecords(database: Database.Database) {
  const beat = database.prepare(`
    UPDATE jobs SET beat = beat + 1, beat_at = @now, units = @units, checkpoint = coalesce(@checkpoint, checkpoint)
    WHERE id = @id AND token = @token AND state = 'running'`);
  const putStep = database.prepare(`
    INSERT OR REPLACE INTO job_steps
    VALUES (@id, @ordinal, @name, @state, @done, @total, @attempts, @startedAt, @endedAt, @result, @error)`);
  const dropSteps = database.prepare('DELETE FROM job_steps WHERE job_id = ? AND ordinal >= ?');
  const putLine = database.prepare('INSERT INTO job_log (job_id, at, level, text) VALUES (?, ?, ?, ?)');
  const trimLog = database.prepare(`
    DELETE FROM job_log WHERE job_id = @id
      AND id <= (SELECT id FROM job_log WHERE job_id = @id ORDER BY id DESC LIMIT 1 OFFSET ${KEPT_LINES})`);
  const trimAttempts = database.prepare(`
    DELETE FROM job_attempts WHERE job_id = @id
      AND number <= (SELECT max(number) FROM job_attempts WHERE job_id = @id) - ${KEPT_ATTEMPTS}`);

  const addLog = (id: number, lines: readonly Omit<JobLogLine, 'id'>[]): void => {
    for (const { at, level, text } of lines) putLine.run(id, at, level, text.slice(0, MAX_LINE_LENGTH));
    if (lines.length > 0) trimLog.run({ id });
  };

  return {
    addLog,
    /** False when the job is not this token's. */
    update(id: number, token: string, { now, units, steps, log, checkpoint }: JobUpdate): boolean {
      const kept = checkpoint === undefined ? null : writeJson(checkpoint);
      if (beat.run({ id, token, now, units, checkpoint: kept }).changes === 0) return false;
      steps.forEach((step, ordinal) => {
        putStep.run({ ...step, id, ordinal, result: writeJson(step.result), error: writeJson(step.error) });
      });
      dropSteps.run(id, steps.length);
      addLog(id, log);
      trimAttempts.run({ id });
      return true;
    },
    steps: (id: number): JobStep[] =>
      database
        .prepare<[number], StepRecord>('SELECT * FROM job_steps WHERE job_id = ? ORDER BY ordinal')
        .all(id)
        .map(({ name, state, done, total, attempts, started_at, ended_at, result, error }) => ({
          name,
          state,
          done,
          total,
          attempts,
          startedAt: started_at,
          endedAt: ended_at,
          result: readJson(result),
          error: readJson(error) as JobError | null,
        })),
    attempts: (id: number): JobAttempt[] =>
      database
        .prepare<[number], AttemptRecord>('SELECT * FROM job_attempts WHERE job_id = ? ORDER BY number')
        .all(id)
        .map(({ number, pid, started_at, ended_at, outcome, error }) => ({
          number,
          pid,
          startedAt: started_at,
          endedAt: ended_at,
          outcome,
          error: readJson(error) as JobError | null,
        })),
    log: (id: number, after: number, limit: number): JobLogLine[] =>
      database
        .prepare<[number, number, number], JobLogLine>(
          'SELECT id, at, level, text FROM job_log WHERE job_id = ? AND id > ? ORDER BY id LIMIT ?',
        )
        .all(id, after, limit),
  };
}
