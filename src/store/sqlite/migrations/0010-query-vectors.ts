/** Vectors of questions by the hash of their words, so that an equal question asks no model. They hold nothing of documents. */
export const queryVectors = `
CREATE TABLE kept_query_vectors (
  key BLOB PRIMARY KEY,
  used INTEGER NOT NULL,
  bytes INTEGER NOT NULL,
  value BLOB NOT NULL
) STRICT;
`;
