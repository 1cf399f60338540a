/** Conversations. */
export const sessions = `
CREATE TABLE sessions (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE,
  settings TEXT NOT NULL,
  summary TEXT NOT NULL,
  summarized_to INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  updated_at TEXT NOT NULL
) STRICT;

-- No reference to documents: passages are named by what is known of them, and looked up when the session is opened.
CREATE TABLE turns (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  session_id INTEGER NOT NULL REFERENCES sessions ON DELETE CASCADE,
  asked_at TEXT NOT NULL,
  question TEXT NOT NULL,
  searched_for TEXT NOT NULL,
  state TEXT NOT NULL,
  text TEXT NOT NULL,
  answer TEXT NOT NULL,
  sources TEXT NOT NULL,
  error TEXT NOT NULL,
  process INTEGER NOT NULL,
  touched_at TEXT NOT NULL
) STRICT;
CREATE INDEX turns_of_session ON turns (session_id, id);
`;
