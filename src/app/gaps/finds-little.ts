/** What a search says of how well it was answered. */
export type FoundSigns = {
  readonly results: number;
  /** Share of the question's weight that the best passage holds, in [0, 1]. */
  readonly coverage: number;
  /** Of the nearest passage; null when it has none. */
  readonly cosine: number | null;
};

/**
 * Least sum of coverage (`judgeRelevance` of the first three hits) and cosine. Measured by test/bench/gaps.ts on questions
 * with their gold documents among the hits and without: the sum tells them apart with an area under the curve of .96
 * (xquad-en), .95 (pubmedqa), .91 (clapnq-closed) and .81 (the sample handbook), coverage alone with .95, .95, .86 and .84,
 * the cosine alone with .86, .83, .87 and .65. Below this bound lie 83, 75, 77 and 67 % of the questions that nothing
 * answers, and 7, 6, 10 and 16 % of the others. Where many documents are about the same, as in nfcorpus, fiqa and cosqa,
 * nothing is missing without the gold ones: .68, .65 and .56.
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
