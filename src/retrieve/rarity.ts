import type { WordCounts } from '../store/types.ts';

/**
 * Weight of a word by how few passages have it, above 0.
 * Source: the inverse document frequency of BM25, Robertson and Zaragoza 2009, made positive as Lucene has it.
 */
export const rarityAmong =
  ({ passages, withWord }: WordCounts) =>
  (stem: string): number => {
    const count = withWord.get(stem) ?? 0;
    return Math.log(1 + (passages - count + 0.5) / (count + 0.5));
  };
