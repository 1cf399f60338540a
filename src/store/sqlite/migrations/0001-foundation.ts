/** Collections, sources, documents with their text, chunks, both full-text indexes, and the list of vector spaces. */
export const foundation = `
-- AUTOINCREMENT: a row of something that is gone must never become that of something else, as another process may
-- still mean the former.
CREATE TABLE meta (key TEXT PRIMARY KEY, value ANY) STRICT, WITHOUT ROWID;
INSERT INTO meta VALUES ('generation', 0);

CREATE TABLE collections (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  description TEXT NOT NULL DEFAULT '',
  created_at TEXT NOT NULL
) STRICT;

CREATE TABLE sources (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  collection_id INTEGER NOT NULL REFERENCES collections(id) ON DELETE CASCADE,
  kind TEXT NOT NULL,
  uri TEXT NOT NULL,
  options TEXT NOT NULL DEFAULT '{}',
  tags TEXT NOT NULL DEFAULT '[]',
  added_at TEXT NOT NULL,
  synced_at TEXT,
  UNIQUE (collection_id, uri)
) STRICT;

CREATE TABLE documents (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  public_id TEXT NOT NULL UNIQUE,
  collection_id INTEGER NOT NULL REFERENCES collections(id) ON DELETE CASCADE,
  source_id INTEGER NOT NULL REFERENCES sources(id) ON DELETE CASCADE,
  uri TEXT NOT NULL,
  path TEXT NOT NULL,
  title TEXT NOT NULL,
  media_type TEXT NOT NULL,
  type TEXT NOT NULL,
  language TEXT,
  modified_at TEXT,
  size INTEGER,
  mtime_ms REAL,
  content_hash BLOB NOT NULL,
  text_length INTEGER NOT NULL,
  chunk_count INTEGER NOT NULL,
  first_line INTEGER,
  sections TEXT NOT NULL,
  metadata TEXT NOT NULL,
  indexed_at TEXT NOT NULL
) STRICT;
CREATE INDEX documents_source ON documents(source_id, uri);
CREATE INDEX documents_collection ON documents(collection_id);
CREATE INDEX documents_path ON documents(path);

-- A text is kept in runs of bounded length, so that a passage of a long document is read without the rest of it.
CREATE TABLE document_texts (
  document_id INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
  start INTEGER NOT NULL,
  text TEXT NOT NULL
) STRICT;
CREATE INDEX document_texts_document ON document_texts(document_id, start);

CREATE TABLE document_tags (
  document_id INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
  tag TEXT NOT NULL,
  PRIMARY KEY (document_id, tag)
) STRICT, WITHOUT ROWID;
CREATE INDEX document_tags_tag ON document_tags(tag);

CREATE TABLE chunks (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  document_id INTEGER NOT NULL REFERENCES documents(id) ON DELETE CASCADE,
  ordinal INTEGER NOT NULL,
  start INTEGER NOT NULL,
  "end" INTEGER NOT NULL,
  page INTEGER,
  line_start INTEGER,
  line_end INTEGER,
  tokens INTEGER NOT NULL,
  heading_path TEXT NOT NULL,
  has_grams INTEGER NOT NULL,
  embed_hash BLOB NOT NULL
) STRICT;
CREATE INDEX chunks_document ON chunks(document_id, ordinal);
CREATE INDEX chunks_embed_hash ON chunks(embed_hash);

-- Items that could not be read, so that an unchanged one is not tried at every sync.
CREATE TABLE failures (
  source_id INTEGER NOT NULL REFERENCES sources(id) ON DELETE CASCADE,
  uri TEXT NOT NULL,
  path TEXT NOT NULL,
  size INTEGER,
  mtime_ms REAL,
  code TEXT NOT NULL,
  message TEXT NOT NULL,
  failed_at TEXT NOT NULL,
  PRIMARY KEY (source_id, uri)
) STRICT, WITHOUT ROWID;

-- Combining marks are parts of words: without Mn and Mc, Hindi and Thai words fall apart at every vowel sign.
CREATE VIRTUAL TABLE chunk_words USING fts5(
  title, headings, body, content='', contentless_delete=1,
  tokenize="porter unicode61 remove_diacritics 2 categories 'L* N* Co Mn Mc'"
);
-- Character n-grams, made by the writer, of scripts that put no spaces between words.
CREATE VIRTUAL TABLE chunk_grams USING fts5(
  body, content='', contentless_delete=1,
  tokenize="unicode61 remove_diacritics 0 categories 'L* N* Co Mn Mc'"
);
CREATE VIRTUAL TABLE chunk_word_list USING fts5vocab(chunk_words, row);

CREATE TABLE spaces (
  id INTEGER PRIMARY KEY,
  provider TEXT NOT NULL,
  model TEXT NOT NULL,
  dimensions INTEGER NOT NULL,
  created_at TEXT NOT NULL,
  UNIQUE (provider, model, dimensions)
) STRICT;
`;
