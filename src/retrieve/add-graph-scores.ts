import type { PassageGraph } from '../graph/types.ts';
import type { Candidate } from './types.ts';

export type GraphAddition = {
  /** Absent: it takes no part. */
  readonly graph: PassageGraph | undefined;
  /** Best passages from which the graph is walked. */
  readonly seeds: number;
  /** Of what one seed keeps of the walk, beside the best candidate's score; 0 leaves the graph out. */
  readonly weight: number;
  /** Passages that the graph may bring. */
  readonly limit: number;
  /** Whether passages may come in that no other leg found. */
  readonly mayAdd: boolean;
};

/**
 * Exponent of a seed's share of the best score: the first passage is right far more often than the third. Recall@5 of
 * hotpotqa-500 is half a point lower with 1, the same with 6.
 */
const SEED_SHARPNESS = 4;

/**
 * Share of the best score to which the graph can lift a passage: what leads somewhere stays before where it leads. Without
 * it the graph costs clapnq-closed three points of nDCG@10; with it none, and hotpotqa-500 keeps its Recall@5.
 */
const MOST_LIFTED = 0.999;

/**
 * Lifts the passages that the best ones lead to over shared entities: `score + weight * best score * walked share`.
 * The walked share falls off where entities are common, so where the graph knows nothing it changes nothing; fused by
 * rank (weight 2, k = 10), the graph cost nfcorpus five points of nDCG@10. Ties order by row.
 */
export function addGraphScores(candidates: readonly Candidate[], addition: GraphAddition): Candidate[] {
  const best = candidates[0]?.score ?? 0;
  if (!addition.graph || addition.weight <= 0 || best <= 0) return [...candidates];
  const seeds = candidates
    .slice(0, addition.seeds)
    .map(({ row, score }) => ({ row, score: (score / best) ** SEED_SHARPNESS }));
  const rows = addition.graph.rankByGraph(seeds, addition.limit);
  if (rows.length === 0) return [...candidates];
  const byRow = new Map(candidates.map((candidate) => [candidate.row, candidate]));
  rows.forEach(({ row, score }, i) => {
    const there = byRow.get(row);
    if (score <= 0 || (!there && !addition.mayAdd)) return;
    const signals = [...(there?.signals ?? []), { list: 'graph' as const, rank: i + 1, raw: score }];
    const own = there?.score ?? 0;
    const lifted = Math.min(own + addition.weight * best * score, Math.max(own, best * MOST_LIFTED));
    const parts = [...(there?.parts ?? []), { from: 'graph' as const, adds: lifted - own }];
    byRow.set(row, { row, score: lifted, signals, parts });
  });
  return [...byRow.values()].sort((a, b) => b.score - a.score || a.row - b.row);
}
