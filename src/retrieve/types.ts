import type { ScorePart, SearchFilter, SearchMode, Signal } from '../domain/search.ts';
import type { Reranker } from '../rerank/types.ts';
import type { ChunkRow, StoredChunk } from '../store/types.ts';
import type { Cut } from './arrange-chunks.ts';
import type { QueryExpansion } from './expansion/types.ts';
import type { FusionName } from './fuse-scores.ts';
import type { ParsedQuery } from './parse-query.ts';
import type { RetrievalParameters } from './retrieval-parameters.ts';

/** A chunk that some leg found, with what each leg says of it. */
export type Candidate = {
  readonly row: ChunkRow;
  readonly score: number;
  readonly signals: readonly Signal[];
  /** They add up to the score. */
  readonly parts?: readonly ScorePart[];
};

export type RetrievedChunk = StoredChunk &
  Pick<Candidate, 'score' | 'signals' | 'parts'> & {
    /** Later passages with nearly the same words that this one stands for. */
    readonly copies?: number;
  };

/** The numbers that the arithmetic of a fusion needs beside the scores of the legs. */
export type FusionFigures = {
  readonly method: FusionName;
  /** Highest sum of the lexical lists; 0 when they found nothing. */
  readonly bestByWords: number;
  readonly vectorWeight: number;
};

/** What was decided on the way to the list, for saying why a passage is where it is. */
export type RetrievalTrace = {
  readonly parameters: RetrievalParameters;
  /** Rows that each leg brought at most. */
  readonly depth: number;
  readonly vector: Float32Array | null;
  readonly figures: FusionFigures;
  /** Before the graph, with those below the least score. */
  readonly fused: readonly Candidate[];
  /** Passages that the graph was walked from; empty when it took no part. */
  readonly seeds: readonly ChunkRow[];
  /** In the order in which the list was made of them. */
  readonly candidates: readonly Candidate[];
  /** Of passages that are good enough for the list and not in it, for another reason than its length. */
  readonly cuts: ReadonlyMap<ChunkRow, Cut>;
};

/** Who puts the best candidates in a new order, and how long that may take. */
export type Reranking = {
  readonly reranker: Reranker;
  /** How many of the best are reranked; the others follow in their order. */
  readonly candidates: number;
  /** Longest time it may take; null = as long as it takes. */
  readonly budgetMs: number | null;
};

export type RetrieveOptions = {
  readonly mode: SearchMode;
  readonly limit: number;
  readonly filter: SearchFilter;
  /** Most chunks of one document; 0 = no bound. */
  readonly perDocument: number;
  readonly minScore?: number;
  /** From 0, the default, by score only, to 1, as different from each other as can be. */
  readonly diversity?: number;
  /** Neighbours on either side that each passage is returned with. */
  readonly window?: number;
  /** Return a section whole where enough of its passages match. */
  readonly expandSections?: boolean;
  /** How the query is widened; unless asked, it is where no passage has its words. */
  readonly expansion?: QueryExpansion;
  readonly reranking?: Reranking;
  /** Milliseconds since 1970, for dates in the query that are counted from today. */
  readonly now: number;
  /** In place of the defaults. */
  readonly parameters?: Partial<RetrievalParameters>;
  /** Rows that the legs bring as well, for saying why they are not further up; they must pass the filter. */
  readonly include?: readonly ChunkRow[];
  readonly signal?: AbortSignal;
};

/** How many one list brought, and what it took. */
export type LegReport = { readonly list: Signal['list']; readonly candidates: number; readonly elapsedMs: number };

export type Retrieval = {
  readonly query: ParsedQuery;
  /** As given, with what the query itself asks. */
  readonly filter: SearchFilter;
  /** The mode that was used. */
  readonly mode: SearchMode;
  readonly chunks: readonly RetrievedChunk[];
  readonly notes: readonly string[];
  readonly legs: readonly LegReport[];
  /** The arithmetic of the score, in words. */
  readonly fusion: string;
  readonly trace: RetrievalTrace;
};
