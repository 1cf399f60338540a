import type { Extract } from '../../answer/extract-answer.ts';
import type { SearchResult } from '../types.ts';

/** How a question was answered: by which kind of question it was taken for, and what was assumed. */
export type Route = {
  readonly kind: 'search' | 'catalogue' | 'document' | 'comparison' | 'newest' | 'follow-up';
  /** One sentence for people; empty for a plain search. */
  readonly note: string;
};

/** What a question is answered from. */
export type Routed = {
  readonly result: SearchResult;
  /** Where no model takes part, and the words of the question do not choose what is quoted. */
  readonly extracts?: readonly Extract[];
};
