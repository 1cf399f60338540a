/** Relations that a language model found in passages. */
export const modelRelations = `
-- By the text of the passage, so that what is written again, or stands in two documents, is asked once.
CREATE TABLE model_relations (
  chunk_hash BLOB NOT NULL,
  model TEXT NOT NULL,
  relations TEXT NOT NULL,
  at TEXT NOT NULL,
  PRIMARY KEY (chunk_hash, model)
) STRICT, WITHOUT ROWID;

-- Texts of which a passage was removed: looked at when the transaction ends, since a document that is written again is
-- removed first.
CREATE TABLE model_relations_left (chunk_hash BLOB PRIMARY KEY) STRICT, WITHOUT ROWID;
CREATE TRIGGER model_relations_leave AFTER DELETE ON chunks
WHEN EXISTS (SELECT 1 FROM model_relations WHERE chunk_hash = old.embed_hash)
BEGIN INSERT OR IGNORE INTO model_relations_left VALUES (old.embed_hash); END;
`;
