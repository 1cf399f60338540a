/** Sites that are crawled, and what their pages said of themselves, so that unchanged ones are not sent again. */
export const sites = `
CREATE TABLE sites (
  source_id INTEGER PRIMARY KEY REFERENCES sources(id) ON DELETE CASCADE,
  -- 8 bytes for each block.
  recurring BLOB NOT NULL,
  unfinished_since TEXT
) STRICT;

CREATE TABLE site_pages (
  id INTEGER PRIMARY KEY,
  source_id INTEGER NOT NULL REFERENCES sources(id) ON DELETE CASCADE,
  uri TEXT NOT NULL,
  depth INTEGER NOT NULL,
  purpose TEXT NOT NULL,
  etag TEXT,
  last_modified TEXT,
  content_hash BLOB NOT NULL,
  -- One address a line, deflated.
  links BLOB NOT NULL,
  canonical TEXT,
  blocks BLOB NOT NULL,
  left_out TEXT,
  checked_at TEXT NOT NULL,
  UNIQUE (source_id, uri)
) STRICT;
`;
