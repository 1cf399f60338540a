/** What models were asked and what that cost, which providers are in trouble, and replies kept for the next time. */
export const modelCalls = `
-- A row is there before its call: what is under way, or was killed, counts with the most that it may cost.
CREATE TABLE model_calls (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  -- Milliseconds since 1970.
  at INTEGER NOT NULL,
  model TEXT NOT NULL,
  purpose TEXT NOT NULL,
  -- open, ok, stopped, or the code of an error.
  outcome TEXT NOT NULL,
  input_tokens INTEGER NOT NULL,
  cached_input_tokens INTEGER NOT NULL,
  output_tokens INTEGER NOT NULL,
  is_estimated INTEGER NOT NULL,
  is_cached INTEGER NOT NULL,
  -- Millionths of a US dollar; null where the model has no price.
  cost INTEGER,
  first_token_ms INTEGER,
  total_ms INTEGER
) STRICT;
CREATE INDEX model_calls_at ON model_calls(at);

CREATE TABLE circuits (
  provider TEXT PRIMARY KEY,
  failures INTEGER NOT NULL,
  failed_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

-- They may quote documents, so every write of documents clears them in its own transaction.
CREATE TABLE kept_replies (
  key BLOB PRIMARY KEY,
  used INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  value BLOB NOT NULL
) STRICT;
`;
