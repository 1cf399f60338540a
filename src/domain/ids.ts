/** Made from the collection and the source URI; survives edits of the content. 16 hex digits: one collision in 10^8 for a million documents. */
export type DocumentId = string & { readonly __documentId: never };

/** `<document id>.<ordinal>`, for example `3f9ac21b04d7e815.0`. */
export type ChunkId = string & { readonly __chunkId: never };

export const chunkIdOf = (documentId: DocumentId, ordinal: number): ChunkId => `${documentId}.${ordinal}` as ChunkId;

/** The parts of a chunk id, or null when the text is not one. */
export function parseChunkId(text: string): { documentId: DocumentId; ordinal: number } | null {
  const match = /^([0-9a-f]{16})\.(\d{1,9})$/.exec(text);
  return match ? { documentId: match[1] as DocumentId, ordinal: Number(match[2]) } : null;
}
