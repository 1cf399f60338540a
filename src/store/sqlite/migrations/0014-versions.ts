/** Former versions of documents, and moments of the whole base that have a name. */
export const versions = `
-- One for each document that was ever another: it outlives the document, and follows it when it is moved.
CREATE TABLE histories (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  -- The number that was given last.
  last_version INTEGER NOT NULL,
  -- How the document was known when it went; null while it is there.
  gone_at TEXT,
  public_id TEXT,
  collection TEXT,
  uri TEXT,
  path TEXT,
  title TEXT
) STRICT;
CREATE INDEX histories_gone ON histories(public_id) WHERE public_id IS NOT NULL;

-- Null: it never was another. Its other columns say of the present version what a row of versions says of a former one.
ALTER TABLE documents ADD COLUMN history_id INTEGER;
ALTER TABLE documents ADD COLUMN version INTEGER NOT NULL DEFAULT 1;
ALTER TABLE documents ADD COLUMN reason TEXT NOT NULL DEFAULT 'added';
-- Null: since indexed_at. The generation is that of the transaction's end; 0 for what was there before versions were kept.
ALTER TABLE documents ADD COLUMN since TEXT;
ALTER TABLE documents ADD COLUMN since_generation INTEGER NOT NULL DEFAULT 0;
-- Of the file, where the text is that of a restored version instead; empty when there was no file.
ALTER TABLE documents ADD COLUMN file_hash BLOB;
CREATE INDEX documents_title ON documents(title);
CREATE INDEX documents_history ON documents(history_id) WHERE history_id IS NOT NULL;

-- Sources of former versions, as they were, since those may be gone themselves.
CREATE TABLE version_sources (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  source_id INTEGER NOT NULL,
  collection TEXT NOT NULL,
  kind TEXT NOT NULL,
  uri TEXT NOT NULL,
  options TEXT NOT NULL,
  tags TEXT NOT NULL,
  added_at TEXT NOT NULL,
  UNIQUE (source_id, collection, kind, uri, options, tags)
) STRICT;

CREATE TABLE versions (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  history_id INTEGER NOT NULL REFERENCES histories(id) ON DELETE CASCADE,
  number INTEGER NOT NULL,
  reason TEXT NOT NULL,
  since TEXT NOT NULL,
  since_generation INTEGER NOT NULL,
  until TEXT NOT NULL,
  until_generation INTEGER NOT NULL,
  -- replaced, moved, restored or deleted.
  ended TEXT NOT NULL,
  source_id INTEGER NOT NULL REFERENCES version_sources(id),
  -- The rows that it had, and gets again: hits that score the same go by row.
  document_row INTEGER NOT NULL,
  first_chunk INTEGER,
  -- The columns of its document, deflated.
  facts BLOB NOT NULL,
  -- Text, sections and passages: as what differs from the next newer version, former or present, or whole.
  content BLOB NOT NULL,
  is_whole INTEGER NOT NULL,
  content_length INTEGER NOT NULL,
  content_check INTEGER NOT NULL,
  UNIQUE (history_id, number)
) STRICT;
CREATE INDEX versions_until ON versions(until_generation);

-- Texts of passages that went with a version, so that their vectors stay.
CREATE TABLE left_passages (
  version_id INTEGER NOT NULL REFERENCES versions(id) ON DELETE CASCADE,
  embed_hash BLOB NOT NULL,
  PRIMARY KEY (version_id, embed_hash)
) STRICT, WITHOUT ROWID;
CREATE INDEX left_passages_hash ON left_passages(embed_hash);

CREATE TABLE former_vectors (
  space_id INTEGER NOT NULL REFERENCES spaces(id) ON DELETE CASCADE,
  embed_hash BLOB NOT NULL,
  vector BLOB NOT NULL,
  PRIMARY KEY (space_id, embed_hash)
) STRICT, WITHOUT ROWID;

CREATE TABLE snapshots (
  name TEXT PRIMARY KEY,
  at TEXT NOT NULL,
  generation INTEGER NOT NULL,
  documents INTEGER NOT NULL
) STRICT;
`;
