/** The log of questions, feedback, and results kept for the next time. */
export const usage = `
CREATE TABLE questions (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  asked_at TEXT NOT NULL,
  text TEXT NOT NULL,
  normalized TEXT NOT NULL,
  command TEXT NOT NULL,
  mode TEXT NOT NULL,
  filter TEXT NOT NULL,
  results INTEGER NOT NULL,
  best_score REAL,
  best_cosine REAL,
  coverage REAL NOT NULL,
  elapsed_ms REAL NOT NULL
) STRICT;

-- No reference to a document: feedback is the user's, and outlives what it was given for.
CREATE TABLE feedback (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  given_at TEXT NOT NULL,
  question TEXT NOT NULL,
  collection TEXT NOT NULL,
  uri TEXT NOT NULL,
  path TEXT NOT NULL,
  start INTEGER,
  "end" INTEGER,
  text_hash BLOB,
  sketch BLOB
) STRICT;

-- They hold text of documents, so every write clears them in its own transaction.
CREATE TABLE kept_results (
  key BLOB PRIMARY KEY,
  used INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  value BLOB NOT NULL
) STRICT;

CREATE TABLE cache_counts (
  name TEXT PRIMARY KEY,
  hits INTEGER NOT NULL,
  misses INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
`;
