/**
 * Words that say nothing about what is looked for: Lucene's list of 33, and the words that questions are built of.
 * They are dropped from queries only; the index keeps every word, so phrases find them.
 */
export const stopWords: ReadonlySet<string> = new Set(
  `a an and are as at be but by for if in into is it no not of on or such that the their then there these they this to
   was will with`.split(/\s+/),
);
