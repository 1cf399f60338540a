/** By which the document of some feedback is known again under another name. */
export const feedbackContent = `
ALTER TABLE feedback ADD COLUMN content_hash BLOB;
`;
