/** What a search says of how well it was answered. */
export type FoundSigns = {
  readonly results: number;
  /** Share of the question's weight that the best passage holds, in [0, 1]. */
  readonly coverage: number;
  /** Of the nearest passage; null when it has none. */
  readonly cosine: number | null;
};

/**
 * Least sum of coverage (`judgeRelevance` of the first three hits) and cosine. Measured by `npm run bench:gaps` on
 * questions with and without their gold documents among the hits: the sum tells them apart with an AUC of .96 (xquad-en),
 * .95 (pubmedqa), .91 (clapnq-closed) and .81 (the sample handbook), better than coverage alone (.95, .95, .86, .83) or
 * the cosine alone (.86, .83, .87, .65). Below this bound lie some 7 % of the questions that are answered and three
 * quarters of those that are not.
 */
const ENOUGH = 0.85;

/** The same without vectors: see MIN_COVERAGE of answer/judge-relevance.ts. */
const ENOUGH_BY_WORDS = 0.42;

/** Whether a question found nothing, or nothing that speaks of it. */
export const findsLittle = ({ results, coverage, cosine }: FoundSigns): boolean =>
  results === 0 || (cosine === null ? coverage < ENOUGH_BY_WORDS : coverage + cosine < ENOUGH);

/**
 * Whether it is worth asking again: the log counts words, whatever their weight, which says more of every question.
 * Nearly all that find little by the better measure are below this bound.
 */
export const mayFindLittle = ({ results, coverage, cosine }: FoundSigns): boolean =>
  results === 0 || (cosine === null ? coverage < 0.8 : coverage + cosine < 1.2);
