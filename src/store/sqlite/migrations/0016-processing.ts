/** How documents are parsed and cut that differ from the settings. Goes along with a document that moves. */
export const processing = `
CREATE TABLE processing (
  source_id INTEGER NOT NULL REFERENCES sources(id) ON DELETE CASCADE,
  uri TEXT NOT NULL,
  options TEXT NOT NULL,
  PRIMARY KEY (source_id, uri)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER processing_moves AFTER UPDATE OF uri ON documents WHEN old.uri <> new.uri
BEGIN
  UPDATE OR REPLACE processing SET uri = new.uri WHERE source_id = new.source_id AND uri = old.uri;
END;
`;
