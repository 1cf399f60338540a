/** A further try at finding what answers a question, and the share of the question that its best passage holds. */
export type Correction = {
  readonly kind: 'without-dates' | 'decomposed' | 'deeper' | 'expanded';
  /** From 0 to 1. */
  readonly graded: number;
};

/** How far what was found speaks of the question, by its words. */
export type Grade = {
  /** Whether it should be answered from. */
  readonly answerable: boolean;
  /** Share of the question that the best passage holds, from 0 to 1. */
  readonly coverage: number;
  /** Names, numbers and codes of the question that no passage has. */
  readonly missing: readonly string[];
};
