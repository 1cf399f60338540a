import type { Document } from '../domain/document.ts';
import type { Span } from '../domain/span.ts';
import type { ChunkRow, DocumentRow } from './types.ts';

/** What the database holds of one passage, for a check of each part against the others. */
export type PassageRecord = {
  readonly row: ChunkRow;
  readonly ordinal: number;
  readonly span: Span;
  readonly page: number | null;
  readonly lines: { readonly start: number; readonly end: number } | null;
  readonly tokens: number;
  readonly headingPath: readonly string[];
  /** See NewChunk.embedHash. */
  readonly embedHash: Uint8Array;
  /** Words of its text that the word index does not find in it; a sample of a few is looked up. */
  readonly unfoundWords: readonly string[];
  /** Unit length; null when it is found by its words only. */
  readonly vector: Float32Array | null;
};

/** One document with its passages, of one moment. */
export type DocumentRecord = {
  readonly document: Document;
  readonly path: string;
  /** As the table of documents counts them. */
  readonly passageCount: number;
  readonly passages: readonly PassageRecord[];
};

export type MaintenanceStore = {
  /** Ascending. */
  documentRows(): readonly DocumentRow[];
  /** Null when it was removed meanwhile. */
  documentRecord(row: DocumentRow): DocumentRecord | null;
  /** What the indexes hold of passages that are gone, one sentence for each index; empty when nothing. */
  strayEntries(): readonly string[];
  /**
   * Writes the database, as it is at one moment, to a new file while others read and write. `onProgress` gets pages.
   * Throws ABORTED when the signal fires.
   */
  copyTo(path: string, options?: CopyOptions): Promise<void>;
  /** Sets the generation above the given one, if it is not: for a file that takes the place of another. */
  raiseGeneration(above: number): void;
  /** Writes the file anew without the room of what was removed, and tidies the indexes. Nobody else may use the file. */
  compact(): void;
};

export type CopyOptions = {
  readonly signal?: AbortSignal;
  readonly onProgress?: (progress: { readonly done: number; readonly total: number }) => void;
};
