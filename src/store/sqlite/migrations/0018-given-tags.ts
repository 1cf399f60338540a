/** Tags that people gave a document stay when its file is read again; those that it has from its file do not. */
export const givenTags = `
ALTER TABLE document_tags ADD COLUMN is_given INTEGER NOT NULL DEFAULT 0;
`;
