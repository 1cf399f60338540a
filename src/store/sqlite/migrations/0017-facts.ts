/** What is known of documents without a model: kind, warnings, the time in which they apply, and a sketch for likeness. */
export const facts = `
CREATE TABLE document_facts (
  document_id INTEGER PRIMARY KEY REFERENCES documents(id) ON DELETE CASCADE,
  kind TEXT,
  -- Lists and objects are JSON.
  kind_because TEXT NOT NULL,
  warnings TEXT NOT NULL,
  dates TEXT,
  applies_until TEXT,
  -- See TextSketch: of the words in order, and 16 bits for each bin.
  words BLOB NOT NULL,
  sketch BLOB
) STRICT;
CREATE INDEX document_facts_kind ON document_facts(kind) WHERE kind IS NOT NULL;
CREATE INDEX document_facts_until ON document_facts(applies_until) WHERE applies_until IS NOT NULL;
`;
