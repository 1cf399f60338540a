import type { PassageGraph } from '../graph/types.ts';
import type { Candidate } from './types.ts';

export type GraphAddition = {
  readonly graph: PassageGraph;
  /** Best passages from which the graph is walked. */
  readonly seeds: number;
  /** Of what one seed keeps of the walk, beside the best candidate's score. */
  readonly weight: number;
  /** Passages that the graph may bring. */
  readonly limit: number;
  /** Whether passages may come in that no other leg found. */
  readonly mayAdd: boolean;
};

/**
 * Lifts the passages that the best ones lead to over shared entities: `score + weight * best score * walked share`.
 * The walked share falls off where entities are common, so where the graph knows nothing it changes nothing; fused by
 * rank instead, the graph cost nfcorpus five points of nDCG@10. Ties order by row.
 */
export function addGraphScores(candidates: readonly Candidate[], addition: GraphAddition): Candidate[] {
  const best = candidates[0]?.score ?? 0;
  const rows = best > 0 ? addition.graph.rankByGraph(candidates.slice(0, addition.seeds), addition.limit) : [];
  if (rows.length === 0) return [...candidates];
  const byRow = new Map(candidates.map((candidate) => [candidate.row, candidate]));
  rows.forEach(({ row, score }, i) => {
    const there = byRow.get(row);
    if (score <= 0 || (!there && !addition.mayAdd)) return;
    const signals = [...(there?.signals ?? []), { list: 'graph' as const, rank: i + 1, raw: score }];
    byRow.set(row, { row, score: (there?.score ?? 0) + addition.weight * best * score, signals });
  });
  return [...byRow.values()].sort((a, b) => b.score - a.score || a.row - b.row);
}
