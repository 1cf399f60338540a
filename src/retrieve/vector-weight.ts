import type { RetrievalParameters } from './retrieval-parameters.ts';

/**
 * Weight of the cosine beside a lexical score of 1. Falls with the root of the number of words: many words say more to
 * the word index, and less to a model that takes their mean (measured: a constant loses a point on long questions).
 */
export const vectorWeightOf = (
  terms: number,
  { vectorWeight, clearTerms }: Pick<RetrievalParameters, 'vectorWeight' | 'clearTerms'>,
): number => vectorWeight * Math.sqrt(Math.min(1, clearTerms / Math.max(1, terms)));
