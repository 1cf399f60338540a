import type { Chunk } from './chunk.ts';
import type { SourceRef } from './document.ts';
import type { Validity } from './validity.ts';

/** Vectors of different spaces are never compared. */
export type EmbeddingSpace = { readonly provider: string; readonly model: string; readonly dimensions: number };

export type SearchMode = 'hybrid' | 'lexical' | 'vector';

/**
 * How a query is widened. `rm3`: words that the best passages have in common. `hyde`: the vector of a passage that a model
 * writes as the answer. `multi-query`: the same question in other words of a model, their rankings fused.
 */
export type ExpansionMethod = 'rm3' | 'hyde' | 'multi-query';

export const EXPANSION_METHODS: readonly ExpansionMethod[] = ['rm3', 'hyde', 'multi-query'];

/**
 * One list's opinion of a hit. `rank` from 1; `raw` is the list's own score (BM25 > 0; cosine in [-1, 1]; `agreement`:
 * what coverage and nearness of the query's words add to the score).
 */
export type Signal = {
  readonly list: 'lexical' | 'trigram' | 'expansion' | 'vector' | 'agreement' | 'graph' | 'rerank';
  readonly rank: number;
  readonly raw: number;
};

/** What one step brought to a score, in its place of the ranking; a rerank may take away. */
export type ScorePart = {
  readonly from: 'words' | 'vector' | 'agreement' | 'graph' | 'rerank';
  readonly adds: number;
};

export type Hit = {
  readonly chunk: Chunk;
  readonly document: SourceRef;
  /** From 1. */
  readonly rank: number;
  /** Comparable within one result only. */
  readonly score: number;
  readonly signals: readonly Signal[];
  /** They add up to the score. */
  readonly parts?: readonly ScorePart[];
  /** Where the document says when it applies, or another that it replaces it. */
  readonly validity?: Validity;
};

/** All given conditions must hold. */
export type DocumentConditions = {
  readonly collections?: readonly string[];
  readonly types?: readonly string[];
  /** Globs over the document's path below its source root, its absolute path or its URL. */
  readonly paths?: readonly string[];
  readonly tags?: readonly string[];
  /** Names that source code defines, each with or without its holder (`Parser.parse`); of a search, passages that define them. */
  readonly symbols?: readonly string[];
  /** ISO 639 codes; `de` is also what is written as `de-AT`. */
  readonly languages?: readonly string[];
  /** Kinds of document: invoice, manual, minutes ... */
  readonly kinds?: readonly string[];
  /** Only documents about whose text there is a warning. */
  readonly warned?: boolean;
  /** ISO dates or date-times, both inclusive, compared with the document's modification time. */
  readonly since?: string;
  readonly until?: string;
};

export type SearchFilter = DocumentConditions & {
  /** Each must hold as well: two lists of paths, say, that a document must both be in. */
  readonly also?: readonly DocumentConditions[];
  /** None of these may hold. */
  readonly except?: readonly DocumentConditions[];
  /** Words and phrases that a passage must not have, title and headings included; asks nothing of lists of documents. */
  readonly excluded?: readonly string[];
};
