import { cosine } from './dbscan.ts';

/** Words that a cluster is known by. */
const TERMS = 4;

/**
 * The words that tell each cluster from the others, most telling first: frequent in it and rare in the rest.
 * `clusters`: the words of each, with repetitions.
 * Source: class-based TF-IDF, Grootendorst 2022: tf * ln(1 + mean words of a cluster / frequency in all).
 */
export function tellingTerms(clusters: readonly (readonly string[])[]): string[][] {
  const counts = clusters.map(countOf);
  const all = countOf(clusters.flat());
  const mean = clusters.flat().length / Math.max(1, clusters.length);
  return counts.map((count) =>
    [...count]
      .map(([term, times]) => ({ term, weight: times * Math.log(1 + mean / (all.get(term) ?? times)) }))
      .sort((a, b) => b.weight - a.weight || (a.term < b.term ? -1 : 1))
      .slice(0, TERMS)
      .map(({ term }) => term),
  );
}

const countOf = (terms: readonly string[]): Map<string, number> => {
  const counts = new Map<string, number>();
  for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
  return counts;
};

/** Index of the member that is most like all members, weighted; of equals, the first. */
export function mostCentral(
  members: readonly { readonly vector: Float32Array | null; readonly weight: number }[],
): number {
  let best = 0;
  let most = Number.NEGATIVE_INFINITY;
  members.forEach(({ vector }, i) => {
    const likeness = members.reduce(
      (sum, other) => sum + (vector && other.vector ? other.weight * cosine(vector, other.vector) : 0),
      0,
    );
    if (likeness <= most) return;
    best = i;
    most = likeness;
  });
  return best;
}
