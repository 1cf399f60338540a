import type { ChunkId, DocumentId } from './ids.ts';
import type { Span } from './span.ts';

/** A passage of one document. Invariant: `text === document.text.slice(span.start, span.end)`. */
export type Chunk = {
  readonly id: ChunkId;
  readonly documentId: DocumentId;
  /** 0-based position in the document. */
  readonly ordinal: number;
  readonly span: Span;
  readonly text: string;
  /** Headings above the chunk, outermost first. */
  readonly headingPath: readonly string[];
  /** 1-based page on which the chunk begins; null in formats without pages. */
  readonly page: number | null;
  /** 1-based lines of the source file, both inclusive; null where the text is not the file's own lines. */
  readonly lines: { readonly start: number; readonly end: number } | null;
  readonly tokens: number;
};
