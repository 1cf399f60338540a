import type { ChunkId } from './ids.ts';
import type { Hit } from './search.ts';
import type { Place, Span } from './span.ts';

export type Citation = {
  /** The number in `[n]`. */
  readonly marker: number;
  readonly chunkId: ChunkId;
  /** Of the quote, in the document's text. */
  readonly span: Span;
  readonly quote: string;
  /** Whether the quote stands in the stored text, character for character. */
  readonly verified: boolean;
  /**
   * The model did not give it: a sentence of the answer stands in the passage, nearly word for word. Its marker is not in
   * the text of the answer.
   */
  readonly attached?: true;
  /** Where the quote begins in the source. */
  readonly place?: Place;
  /** The file has changed, or is gone, since it was read. */
  readonly stale?: true;
};

/** What an answer puts in quotation marks though no passage says it. */
export type UnverifiedQuotation = {
  /** What stands between the marks. */
  readonly text: string;
  /** With its marks, in `Answer.text`. */
  readonly span: Span;
};

/** Why a sentence has its label. */
export type CheckReason = {
  readonly kind: 'number' | 'date' | 'name' | 'negation' | 'overlap';
  /** What the sentence says, in its own words. */
  readonly what: string;
  /** What the passage says in its place, where that is known. */
  readonly instead?: string;
};

/**
 * `supported`: the passages say it. `partly`: they say some of it. `unsupported`: they do not, or hold not all of its
 * numbers, dates and names. `contradicted`: they say the same with another number, date or name, or the opposite.
 */
export type CheckLabel = 'supported' | 'partly' | 'unsupported' | 'contradicted';

/** A sentence of an answer that claims something, compared with the passages that it cites, or with all where it cites none. */
export type SentenceCheck = {
  /** In `Answer.text`. */
  readonly span: Span;
  readonly label: CheckLabel;
  /** Markers of the passages that it cites. */
  readonly citations: readonly number[];
  /** Empty for what is supported. */
  readonly reasons: readonly CheckReason[];
};

export type Usage = {
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** Of the input, what the provider had in its cache; absent where it does not say. */
  readonly cachedInputTokens?: number;
  /** Of the input, what the provider put into its cache, where it takes another price for that. */
  readonly cacheWriteTokens?: number;
  /** The server did not count; the numbers are estimates. */
  readonly estimated?: true;
  /** The reply was kept from an equal request, and cost nothing this time. */
  readonly cached?: true;
};

export type Answer = {
  readonly question: string;
  /** With `[n]` markers. Empty when nothing was found. */
  readonly text: string;
  /** `provider/model`, `extractive` when no model took part, `catalogue` when documents were counted or listed. */
  readonly model: string;
  readonly citations: readonly Citation[];
  /** The passages that were offered, in order: `[n]` is the n-th. */
  readonly hits: readonly Hit[];
  readonly usage: Usage;
  readonly support: 'supported' | 'partial' | 'none';
  /** Sentence by sentence. What is unsupported or contradicted is marked in the text as well. Absent where nothing was said. */
  readonly checks?: readonly SentenceCheck[];
  /** As the model wrote it, where `text` has marks or lacks citations of passages that there are not. */
  readonly rawText?: string;
  /** The model broke off, was stopped or was cut: there is more that it would have said. */
  readonly incomplete?: true;
  /** Marked in the text as well. Absent where no model took part. */
  readonly unverifiedQuotations?: readonly UnverifiedQuotation[];
  /** What the reader should know: markers that point nowhere, quotes that do not match, a model that broke off. */
  readonly warnings: readonly string[];
};
