import type { Answer, Citation } from '../../domain/answer.ts';
import type { SearchFilter } from '../../domain/search.ts';

export type SummaryLength = 'short' | 'medium' | 'long';

/** What is summarized: a document, folder or collection by its name, what a search finds, or all that passes the filter. */
export type SummaryTarget = { readonly name: string } | { readonly search: string } | null;

export type SummaryOptions = {
  readonly length?: SummaryLength;
  /** `provider/model`; absent = the setting `model`, 'none' = sentences are quoted. */
  readonly model?: string;
  readonly filter?: SearchFilter;
  /** Most calls of the model; 12 unless said otherwise. */
  readonly maxCalls?: number;
  readonly signal?: AbortSignal;
};

/** What was read for a summary. */
export type SummaryScope = {
  readonly kind: 'document' | 'folder' | 'collection' | 'search' | 'filter';
  /** The path, name or query. */
  readonly name: string;
  readonly documents: number;
  readonly passages: number;
  /** Passages that were read; fewer where there are too many for the bounds. */
  readonly readPassages: number;
};

/** `answer.hits[n - 1]` is what `[n]` points to; every point cites at least one. */
export type Summary = { readonly scope: SummaryScope; readonly length: SummaryLength; readonly answer: Answer };

export type SummaryEvent =
  | { readonly type: 'summary-start'; readonly scope: SummaryScope }
  /** Documents looked through, or calls of the model. */
  | { readonly type: 'summary-progress'; readonly done: number; readonly total: number; readonly what: string }
  | { readonly type: 'text-delta'; readonly text: string }
  | { readonly type: 'citation'; readonly citation: Citation }
  | { readonly type: 'summary-end'; readonly summary: Summary };

/** A passage of a document that is to be summarized takes part with these. */
export const POINTS: Readonly<Record<SummaryLength, number>> = { short: 3, medium: 7, long: 15 };
