import type { ColumnWeights } from '../store/types.ts';
import type { FusionName } from './fuse-scores.ts';

/** All that can be tuned in finding passages, as one plain object, so that an evaluation can vary it. */
export type RetrievalParameters = {
  /** Fewest rows that each leg brings; a longer list begins like a shorter one as long as twice its length is within. */
  readonly candidates: number;
  /** How the lists of words and of vectors become one, see fuse-scores.ts. */
  readonly fusion: FusionName;
  /** The k of reciprocal rank fusion: the larger, the less the first ranks stand out. */
  readonly rankConstant: number;
  /** What a passage of source code adds that defines what the query names, see createNameAgreement; 0 leaves it out. */
  readonly nameWeight: number;
  /** What having all of the query's words adds, see addAgreementScores; 0 leaves it out. */
  readonly coverageWeight: number;
  /** What having its neighbours near each other adds, twice: in order, and in any. */
  readonly proximityWeight: number;
  /** Weight of the cosine beside a lexical score of 1; falls in long questions, see vectorWeightOf. */
  readonly vectorWeight: number;
  /** Up to this many words the mean of their vectors still says what is meant, and the vector weighs in full. */
  readonly clearTerms: number;
  /** BM25 weights of the word index's columns. */
  readonly columnWeights: ColumnWeights;
  /** Share of common words from which on passages are near copies of each other; above 1 none are. */
  readonly nearCopyOverlap: number;
  /** Share of common words from which on a passage is folded into an earlier one; above 1 none is. */
  readonly copyOverlap: number;
  /** Words that are added to every query from its best passages (RM3); 0 adds none, see rankExpanded. */
  readonly feedbackTerms: number;
  /** Passages that they are taken from. */
  readonly feedbackPassages: number;
  /** What they count beside the query's own words. */
  readonly feedbackWeight: number;
  /** Leave words like "what" and "the" out of the query. */
  readonly dropStopWords: boolean;
  /** Look in the index of character n-grams too. */
  readonly grams: boolean;
  /** Best passages from which the entity graph is walked. */
  readonly graphSeeds: number;
  /** What the graph adds, see addGraphScores; 0 leaves it out. */
  readonly graphWeight: number;
};

/** Chosen on the even queries of the collections in `fixtures/eval/decisions.md`; `nameWeight` by `npm run bench:code`. */
export const defaultRetrievalParameters: RetrievalParameters = {
  candidates: 200,
  fusion: 'sum',
  rankConstant: 60,
  vectorWeight: 1,
  clearTerms: 4,
  coverageWeight: 0.3,
  proximityWeight: 0.2,
  nameWeight: 1,
  columnWeights: { title: 3, headings: 2, body: 1 },
  nearCopyOverlap: 0.7,
  // Nothing is folded until a measurement asks for it.
  copyOverlap: 2,
  feedbackTerms: 0,
  feedbackPassages: 10,
  feedbackWeight: 0.3,
  dropStopWords: true,
  grams: true,
  graphSeeds: 4,
  graphWeight: 2,
};
