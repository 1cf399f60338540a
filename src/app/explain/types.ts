import type { SourceRef } from '../../domain/document.ts';
import type { ChunkId } from '../../domain/ids.ts';
import type { ScorePart, SearchMode } from '../../domain/search.ts';
import type { EntityRef, Evidence } from '../graph/types.ts';
import type { SearchExplanation, SearchOptions } from '../types.ts';

export type ExplainOptions = SearchOptions & {
  /** Most passages of a document that are explained. */
  readonly passages?: number;
};

/** One condition of the filters, as it was asked, and whether the document meets it. */
export type FilterCheck = { readonly asked: string; readonly passes: boolean };

/** What one word of the query says of a passage. */
export type WordFound = {
  readonly word: string;
  /** Where the passage has it; empty when it does not. */
  readonly columns: readonly string[];
  /** Of the whole database, passages that have it. */
  readonly passages: number;
  /** Its share of the BM25 score. */
  readonly bm25: number;
};

/** Rank and score in one list. `rank` is null when it is further down than was looked. */
export type LegPlace = {
  readonly score: number;
  readonly rank: number | null;
  /** Whether the list that was fetched has it. */
  readonly fetched: boolean;
};

/** From the passage of one hit to another passage, over a name that both have. */
export type GraphStep = { readonly over: EntityRef; readonly from: Evidence; readonly to: Evidence };

export type GraphLink = {
  /** Rank in the list before the graph of the passage that it was walked from. */
  readonly seedRank: number;
  /** Empty when the passage is that one. */
  readonly steps: readonly GraphStep[];
};

export type CutReason =
  | 'filter'
  | 'excluded-word'
  | 'phrase'
  | 'no-match'
  | 'depth'
  | 'min-score'
  | 'per-document'
  | 'copy'
  | 'inside'
  | 'diversity'
  | 'limit';

export type PassageExplanation = {
  readonly chunkId: ChunkId;
  readonly headingPath: readonly string[];
  readonly page: number | null;
  readonly lines: { readonly start: number; readonly end: number } | null;
  /** The beginning of its text, on one line. */
  readonly text: string;
  /** Of the hit, from 1; null when the search does not show it. */
  readonly rank: number | null;
  /** Why it is not shown; null when it is. */
  readonly cut: { readonly reason: CutReason; readonly message: string; readonly of: ChunkId | null } | null;
  /** From 1, among all candidates; null when it is none. */
  readonly place: number | null;
  /** Null when it has none. Where it is no candidate: what it would have, had the lists been long enough. */
  readonly score: number | null;
  /** They add up to the score. */
  readonly parts: readonly (ScorePart & { readonly how: string })[];
  readonly words: (LegPlace & { readonly found: readonly WordFound[] }) | null;
  /** `score` is the cosine. */
  readonly vector: LegPlace | null;
  /** Each in [0, 1]; `counted` when it is among the passages that are compared. */
  readonly agreement: {
    readonly coverage: number;
    readonly ordered: number;
    readonly near: number;
    /** How far it defines what the query names, of source code. */
    readonly names: number;
    readonly counted: boolean;
  } | null;
  readonly graph: { readonly share: number; readonly link: GraphLink | null } | null;
  readonly rerank: { readonly rank: number; readonly score: number } | null;
};

/** Why something is no document of the database; each with what to do. */
export type MissingDocument = {
  readonly reason: 'failed' | 'skipped' | 'ignored' | 'not-synced' | 'no-source' | 'unknown';
  readonly message: string;
  readonly hint: string;
  /** Names that it may have been meant for. */
  readonly near: readonly string[];
};

export type Explanation = {
  readonly query: string;
  readonly reference: string;
  readonly mode: SearchMode;
  /** What the search made of the query. */
  readonly search: SearchExplanation;
  readonly notes: readonly string[];
  /** How many passages were ranked, how many the search shows, and how many were asked for. */
  readonly candidates: number;
  readonly hits: number;
  readonly limit: number;
  readonly document: (SourceRef & { readonly path: string; readonly tags: readonly string[] }) | null;
  /** The file has changed or gone since it was read. */
  readonly stale: string | null;
  readonly filters: readonly FilterCheck[];
  /** Best first. */
  readonly passages: readonly PassageExplanation[];
  /** Of the document; more than `passages` when only the best are explained. */
  readonly allPassages: number;
  readonly missing: MissingDocument | null;
};
