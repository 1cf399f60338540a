/** Work that outlives the process that does it, those who do it, and when it is to be done again. */
export const jobs = `
-- Times are milliseconds since 1970.
CREATE TABLE jobs (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL,
  title TEXT NOT NULL,
  spec TEXT NOT NULL,
  key TEXT NOT NULL,
  origin TEXT NOT NULL,
  -- queued, running, done, failed, cancelled.
  state TEXT NOT NULL,
  priority INTEGER NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0,
  losses INTEGER NOT NULL DEFAULT 0,
  run_after INTEGER NOT NULL,
  cancel_requested INTEGER NOT NULL DEFAULT 0,
  -- The process that runs it, as JSON, and the token of this run.
  owner TEXT,
  token TEXT,
  beat INTEGER NOT NULL DEFAULT 0,
  beat_at INTEGER,
  units INTEGER NOT NULL DEFAULT 0,
  -- Units at the last time that its process died.
  units_at_loss INTEGER NOT NULL DEFAULT -1,
  checkpoint TEXT NOT NULL DEFAULT 'null',
  result TEXT NOT NULL DEFAULT 'null',
  error TEXT NOT NULL DEFAULT 'null',
  queued_at INTEGER NOT NULL,
  started_at INTEGER,
  ended_at INTEGER
) STRICT;
-- The same thing waits or runs once.
CREATE UNIQUE INDEX jobs_open_key ON jobs (key) WHERE state IN ('queued', 'running');
CREATE INDEX jobs_state ON jobs (state, id);

CREATE TABLE job_steps (
  job_id INTEGER NOT NULL REFERENCES jobs ON DELETE CASCADE,
  ordinal INTEGER NOT NULL,
  name TEXT NOT NULL,
  state TEXT NOT NULL,
  done INTEGER NOT NULL,
  total INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  started_at INTEGER,
  ended_at INTEGER,
  result TEXT NOT NULL,
  error TEXT NOT NULL,
  PRIMARY KEY (job_id, ordinal)
) STRICT, WITHOUT ROWID;

CREATE TABLE job_attempts (
  id INTEGER PRIMARY KEY,
  job_id INTEGER NOT NULL REFERENCES jobs ON DELETE CASCADE,
  number INTEGER NOT NULL,
  pid INTEGER NOT NULL,
  started_at INTEGER NOT NULL,
  ended_at INTEGER,
  -- running, done, failed, cancelled, lost, stopped.
  outcome TEXT NOT NULL,
  error TEXT NOT NULL DEFAULT 'null'
) STRICT;
CREATE INDEX job_attempts_of ON job_attempts (job_id, number);

CREATE TABLE job_log (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  job_id INTEGER NOT NULL REFERENCES jobs ON DELETE CASCADE,
  at INTEGER NOT NULL,
  level TEXT NOT NULL,
  text TEXT NOT NULL
) STRICT;
CREATE INDEX job_log_of ON job_log (job_id, id);

CREATE TABLE job_workers (
  token TEXT PRIMARY KEY,
  owner TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  beat INTEGER NOT NULL,
  beat_at INTEGER NOT NULL,
  concurrency INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE schedules (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE,
  pattern TEXT NOT NULL,
  timezone TEXT,
  -- once, skip, all: what becomes of runs that nobody was there for.
  missed TEXT NOT NULL,
  job TEXT NOT NULL,
  next_at INTEGER NOT NULL,
  is_paused INTEGER NOT NULL DEFAULT 0,
  created_at INTEGER NOT NULL,
  last_at INTEGER,
  last_job INTEGER
) STRICT;
`;
