/** Chosen on the even queries of 19 collections; .5 to 1 differ by half a point on the mean. */
const FULL_WEIGHT = 0.75;

/** Up to this many words the mean of their vectors still says what is meant. */
const CLEAR_TERMS = 4;

/**
 * Weight of the cosine beside a lexical score of 1. Falls with the root of the number of words: many words say more to
 * the word index, and less to a model that takes their mean (measured: a constant loses a point on long questions).
 */
export const vectorWeightOf = (terms: number): number =>
  FULL_WEIGHT * Math.sqrt(Math.min(1, CLEAR_TERMS / Math.max(1, terms)));
