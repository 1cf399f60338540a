/** What is done with personal data in the documents of a source: a change of it has all of them read again. */
export const treatment = `
ALTER TABLE sources ADD COLUMN treatment TEXT;
`;
