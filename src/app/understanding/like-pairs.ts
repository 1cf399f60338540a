import { SKETCH_BINS } from '../../understand/sketch/text-sketch.ts';

/** In a crowd that agrees in a band, each is compared with so many before it; chains join the rest. */
const MAX_COMPARED = 40;

/**
 * Bins that must agree, all of a band: the more, the fewer pairs are looked at. At each threshold fewer than one pair in a
 * thousand that reaches it is missed: 1 - (1 - s^r)^(128 / r).
 */
const bandRows = (threshold: number): number => (threshold >= 0.85 ? 8 : threshold >= 0.6 ? 4 : 2);

/**
 * Pairs of sketches that may be as alike as the threshold, as indexes with the smaller one first, each pair once. Near linear
 * in the number of sketches. Source: locality-sensitive hashing of MinHash bands, Indyk and Motwani 1998.
 */
export function* likePairs(sketches: readonly Uint16Array[], threshold: number): Generator<readonly [number, number]> {
  const rows = bandRows(threshold);
  const seen = new Set<number>();
  for (let start = 0; start < SKETCH_BINS; start += rows) {
    const crowds = new Map<string, number[]>();
    for (const [index, bins] of sketches.entries()) {
      const key = String.fromCharCode(...bins.subarray(start, start + rows));
      const crowd = crowds.get(key) ?? [];
      crowds.set(key, crowd);
      for (const other of crowd.slice(-MAX_COMPARED)) {
        const pair = other * sketches.length + index;
        if (seen.has(pair)) continue;
        seen.add(pair);
        yield [other, index];
      }
      crowd.push(index);
    }
  }
}
