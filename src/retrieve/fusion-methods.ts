import type { ChunkRow } from '../store/types.ts';

/** What one side says of its rows; a row that it does not know is not in it. */
export type WeightedScores = { readonly scores: ReadonlyMap<ChunkRow, number>; readonly weight: number };

/** One score for every row that any list has. Empty in, empty out; a list without spread is no reason to throw. */
export type FusionMethod = (lists: readonly WeightedScores[]) => Map<ChunkRow, number>;

/**
 * Sum of weight * (score - least) / (most - least); a row that a list lacks gets 0 of it, and so does its last one.
 * Where all scores of a list are equal, each counts as the most.
 * Source: Fox, Shaw, TREC-2 1994 (CombSUM); Bruch, Gai, Ingber, TOIS 2023.
 */
export const fuseMinMax: FusionMethod = (lists) =>
  weightedSum(lists, (scores) => {
    const { least, most } = rangeOf(scores);
    return (score) => (most > least ? (score - least) / (most - least) : 1);
  });

/**
 * Sum of weight * score / most, scores below 0 as 0: a score keeps its distance from nothing, where min-max takes that of
 * the worst that was fetched. A list whose best is 0 or less adds nothing.
 */
export const fuseRelative: FusionMethod = (lists) =>
  weightedSum(lists, (scores) => {
    const { most } = rangeOf(scores);
    return (score) => (most > 0 ? Math.max(0, score) / most : 0);
  });

/**
 * Sum of weight * position within mean - 3 to mean + 3 standard deviations, cut to [0, 1]; .5 where there is no spread.
 * Source: distribution-based score fusion, Mazzeschi 2023, as Qdrant has it (deviation of the sample).
 */
export const fuseDistributions: FusionMethod = (lists) =>
  weightedSum(lists, (scores) => {
    const values = [...scores.values()];
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
    const deviation = values.length > 1 ? Math.sqrt(squares / (values.length - 1)) : 0;
    return (score) =>
      deviation > 0 ? Math.min(1, Math.max(0, (score - mean + 3 * deviation) / (6 * deviation))) : 0.5;
  });

/**
 * Sum of weight / (k + rank), rank from 1; equal scores share the better rank. Scores count by their order only.
 * Source: Cormack, Clarke, Buettcher, SIGIR 2009 (k = 60).
 */
export const fuseReciprocalRanks =
  (k: number): FusionMethod =>
  (lists) =>
    weightedSum(lists, (scores) => {
      const ranks = new Map<number, number>();
      [...scores.values()]
        .sort((a, b) => b - a)
        .forEach((score, i) => {
          if (!ranks.has(score)) ranks.set(score, i + 1);
        });
      return (score) => 1 / (k + (ranks.get(score) as number));
    });

function weightedSum(
  lists: readonly WeightedScores[],
  scaleOf: (scores: ReadonlyMap<ChunkRow, number>) => (score: number) => number,
): Map<ChunkRow, number> {
  const sums = new Map<ChunkRow, number>();
  for (const { scores, weight } of lists) {
    if (scores.size === 0) continue;
    const scale = scaleOf(scores);
    for (const [row, score] of scores) sums.set(row, (sums.get(row) ?? 0) + weight * scale(score));
  }
  return sums;
}

function rangeOf(scores: ReadonlyMap<ChunkRow, number>): { least: number; most: number } {
  let least = Number.POSITIVE_INFINITY;
  let most = Number.NEGATIVE_INFINITY;
  for (const score of scores.values()) {
    if (score < least) least = score;
    if (score > most) most = score;
  }
  return { least, most };
}
