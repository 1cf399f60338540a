/** Entities that each document names, and what people said of names that are one. */
export const entityGraph = `
-- One packed row for each document: the graph is read as a whole, and a document takes its part with it.
CREATE TABLE document_mentions (
  document_id INTEGER PRIMARY KEY REFERENCES documents(id) ON DELETE CASCADE,
  first_chunk INTEGER NOT NULL,
  chunk_count INTEGER NOT NULL,
  packed BLOB NOT NULL,
  -- Titles of documents that the text says; null until it was read with the titles at hand.
  title_links BLOB,
  -- Places where it says the title of another document.
  title_count INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX document_mentions_unlinked ON document_mentions(document_id) WHERE title_links IS NULL;
CREATE INDEX document_mentions_linked ON document_mentions(document_id) WHERE title_count > 0;

CREATE TABLE merge_decisions (
  id INTEGER PRIMARY KEY,
  at TEXT NOT NULL,
  action TEXT NOT NULL CHECK (action IN ('merge', 'separate')),
  from_name TEXT NOT NULL,
  to_name TEXT NOT NULL,
  reason TEXT NOT NULL
) STRICT;
`;
