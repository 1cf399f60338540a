/** Archives, mailboxes and mails with attachments that were read whole, so that an unchanged one is not opened. */
export const containers = `
CREATE TABLE containers (
  source_id INTEGER NOT NULL REFERENCES sources(id) ON DELETE CASCADE,
  uri TEXT NOT NULL,
  size INTEGER,
  mtime_ms REAL,
  content_hash BLOB NOT NULL,
  members INTEGER NOT NULL,
  PRIMARY KEY (source_id, uri)
) STRICT, WITHOUT ROWID;
`;
