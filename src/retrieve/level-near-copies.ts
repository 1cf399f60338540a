import type { ChunkRow } from '../store/types.ts';
import { wordOverlap, wordSet } from './word-overlap.ts';

/** Ties further down do not reach the first page. */
const MAX_COMPARED = 50;

/**
 * Near copies whose words score the same get the same cosine, the group's best: what a vector says of a changed name or
 * figure is noise, so they stay together in document order (measured on counterfactual copies: +4 points, others 0).
 * Copies have at least `minOverlap` of their words in common (Jaccard); above 1 nothing is a copy. Returns new cosines;
 * rows that are no near copy of another keep theirs.
 */
export function levelNearCopies(
  lexicalScores: ReadonlyMap<ChunkRow, number>,
  cosines: ReadonlyMap<ChunkRow, number>,
  textOf: (row: ChunkRow) => string,
  minOverlap: number,
): Map<ChunkRow, number> {
  const levelled = new Map(cosines);
  if (minOverlap > 1) return levelled;
  const ranked = [...lexicalScores].sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, MAX_COMPARED);
  for (let first = 0; first < ranked.length; ) {
    let end = first + 1;
    while (end < ranked.length && (ranked[end] as [number, number])[1] === (ranked[first] as [number, number])[1])
      end++;
    if (end - first > 1)
      levelGroup(
        ranked.slice(first, end).map(([row]) => row),
        levelled,
        textOf,
        minOverlap,
      );
    first = end;
  }
  return levelled;
}

function levelGroup(
  rows: readonly ChunkRow[],
  cosines: Map<ChunkRow, number>,
  textOf: (row: ChunkRow) => string,
  minOverlap: number,
): void {
  const words = rows.map((row) => wordSet(textOf(row)));
  for (let a = 0; a < rows.length; a++) {
    for (let b = a + 1; b < rows.length; b++) {
      if (wordOverlap(words[a] as ReadonlySet<string>, words[b] as ReadonlySet<string>) < minOverlap) continue;
      const best = Math.max(cosines.get(rows[a] as number) ?? 0, cosines.get(rows[b] as number) ?? 0);
      cosines.set(rows[a] as number, best);
      cosines.set(rows[b] as number, best);
    }
  }
}
