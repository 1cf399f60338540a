import type { ScorePart, Signal } from '../domain/search.ts';
import type { ChunkRow, ScoredRow } from '../store/types.ts';
import {
  type FusionMethod,
  fuseDistributions,
  fuseMinMax,
  fuseReciprocalRanks,
  fuseRelative,
} from './fusion-methods.ts';
import type { Candidate } from './types.ts';

export type Leg = {
  readonly list: Signal['list'];
  /** Best first. */
  readonly rows: readonly ScoredRow[];
};

/** What the two sides say of the same chunks, before they become one score. */
export type FusionInput = {
  /** Every list that took part; their union is ranked. */
  readonly legs: readonly Leg[];
  /** Lexical scores, see addScores. */
  readonly words: ReadonlyMap<ChunkRow, number>;
  /** Cosine of every chunk in any leg that has a vector; empty when the vector leg takes no part. */
  readonly cosines: ReadonlyMap<ChunkRow, number>;
  /** Weight of the cosine beside a lexical score of 1. */
  readonly vectorWeight: number;
};

/** Scores of several lexical lists as one: BM25 is a sum over terms, so lists of different terms add up. */
export function addScores(legs: readonly Leg[]): Map<ChunkRow, number> {
  const sums = new Map<ChunkRow, number>();
  for (const { rows } of legs) for (const { row, score } of rows) sums.set(row, (sums.get(row) ?? 0) + score);
  return sums;
}

/**
 * Weighted sum over the union of the lists: `words / best words + vectorWeight * max(0, cosine)`.
 * A leg that found nothing adds nothing; a chunk that a leg does not know gets 0 from it, so that a weak leg cannot
 * sink what a strong one found. Without words the score is the cosine. Ties order by row.
 * Source: convex combination, Bruch, Gai, Ingber, TOIS 2023; the form without a lower bound was measured here.
 */
export function fuseScores({ legs, words, cosines, vectorWeight }: FusionInput): Candidate[] {
  let best = 0;
  for (const score of words.values()) best = Math.max(best, score);
  const weight = best > 0 ? vectorWeight : 1;
  return [...signalsByRow(legs)]
    .map(([row, signals]) => {
      const lexicalScore = best > 0 ? (words.get(row) ?? 0) / best : 0;
      return scored(row, signals, lexicalScore, weight * Math.max(0, cosines.get(row) ?? 0));
    })
    .sort((a, b) => b.score - a.score || a.row - b.row);
}

export type FusionName = 'sum' | 'min-max' | 'relative' | 'distribution' | 'rrf';

/** As `fuseScores` for `sum`; else by a method of the literature, words with weight 1. `rankConstant` is the k of rrf. */
export function fuseBy(name: FusionName, rankConstant: number, input: FusionInput): Candidate[] {
  if (name === 'sum') return fuseScores(input);
  const { legs, words, cosines, vectorWeight } = input;
  const fuse = methodOf(name, rankConstant);
  const byWords = fuse([{ scores: words, weight: 1 }]);
  const byCosine = fuse([{ scores: cosines, weight: words.size > 0 ? vectorWeight : 1 }]);
  return [...signalsByRow(legs)]
    .map(([row, signals]) => scored(row, signals, byWords.get(row) ?? 0, byCosine.get(row) ?? 0))
    .sort((a, b) => b.score - a.score || a.row - b.row);
}

/** The sum of what both sides say, and each of the two where it says something. */
function scored(row: ChunkRow, signals: readonly Signal[], words: number, vector: number): Candidate {
  const parts: ScorePart[] = [];
  if (words !== 0) parts.push({ from: 'words', adds: words });
  if (vector !== 0) parts.push({ from: 'vector', adds: vector });
  return { row, score: words + vector, signals, parts };
}

function methodOf(name: Exclude<FusionName, 'sum'>, rankConstant: number): FusionMethod {
  switch (name) {
    case 'min-max':
      return fuseMinMax;
    case 'relative':
      return fuseRelative;
    case 'distribution':
      return fuseDistributions;
    case 'rrf':
      return fuseReciprocalRanks(rankConstant);
  }
}

/** The arithmetic in words, for explanations. */
export function describeFusion(name: FusionName, rankConstant: number, weight: number): string {
  const times = `${weight.toFixed(2)} *`;
  switch (name) {
    case 'sum':
      return `score = words / best words + ${times} cosine`;
    case 'min-max':
      return `score = minmax(words) + ${times} minmax(cosine), each within what was fetched`;
    case 'relative':
      return `score = words / best words + ${times} cosine / best cosine`;
    case 'distribution':
      return `score = place(words) + ${times} place(cosine), each within 3 standard deviations around the mean`;
    case 'rrf':
      return `score = 1 / (${rankConstant} + rank by words) + ${times} 1 / (${rankConstant} + rank by cosine)`;
  }
}

function signalsByRow(legs: readonly Leg[]): Map<ChunkRow, Signal[]> {
  const signals = new Map<ChunkRow, Signal[]>();
  for (const { list, rows } of legs) {
    rows.forEach(({ row, score }, i) => {
      const signal: Signal = { list, rank: i + 1, raw: score };
      const there = signals.get(row);
      if (there) there.push(signal);
      else signals.set(row, [signal]);
    });
  }
  return signals;
}
