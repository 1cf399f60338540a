/** Several spaces side by side: one that is active, one that is being filled, former ones. */
export const spaces = `
-- When another space took its place; null for the active one, and for one that never was active.
ALTER TABLE spaces ADD COLUMN retired_at TEXT;
-- Who fills it, as JSON.
ALTER TABLE spaces ADD COLUMN filler TEXT;

-- Texts that a space has no vector of, so that they are not tried again; by text, as a passage may come again.
CREATE TABLE texts_without_vector (
  space_id INTEGER NOT NULL REFERENCES spaces(id) ON DELETE CASCADE,
  embed_hash BLOB NOT NULL,
  PRIMARY KEY (space_id, embed_hash)
) STRICT, WITHOUT ROWID;
`;
