import type { Span } from '../domain/span.ts';

export type ChunkOptions = {
  /** Aim, in estimated tokens. */
  readonly targetTokens: number;
  /** Never exceeded. */
  readonly maxTokens: number;
  /** Of the chunk before it that a chunk repeats at its beginning, at most; 0, the default, for none. */
  readonly overlapTokens?: number;
};

/** A chunk before it has an identity: the document gives it that when it is stored. */
export type ChunkDraft = {
  readonly ordinal: number;
  readonly span: Span;
  readonly headingPath: readonly string[];
  readonly page: number | null;
  readonly tokens: number;
};
