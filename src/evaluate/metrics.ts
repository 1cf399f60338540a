/** Grades by document; above 0 is relevant. */
export type Judgements = ReadonlyMap<string, number>;

/**
 * Normalised discounted cumulative gain of the first k: linear gain, discount 1/log2(rank + 1), ideal over all judged
 * documents, as trec_eval's ndcg_cut has it. In [0, 1]; 0 when nothing is relevant.
 */
export function ndcgAt(k: number, ranked: readonly string[], judgements: Judgements): number {
  const gain = (grades: readonly number[]) => grades.reduce((sum, grade, i) => sum + grade / Math.log2(i + 2), 0);
  const ideal = gain(
    [...judgements.values()]
      .filter((grade) => grade > 0)
      .sort((a, b) => b - a)
      .slice(0, k),
  );
  const actual = gain(ranked.slice(0, k).map((id) => Math.max(0, judgements.get(id) ?? 0)));
  return ideal > 0 ? actual / ideal : 0;
}

/** Share of the relevant documents among the first k. In [0, 1]; 0 when nothing is relevant. */
export function recallAt(k: number, ranked: readonly string[], judgements: Judgements): number {
  const relevant = [...judgements].filter(([, grade]) => grade > 0).map(([id]) => id);
  const top = new Set(ranked.slice(0, k));
  return relevant.length > 0 ? relevant.filter((id) => top.has(id)).length / relevant.length : 0;
}

/** 1 / rank of the first relevant document among the first k, else 0. */
export function reciprocalRankAt(k: number, ranked: readonly string[], judgements: Judgements): number {
  const index = ranked.slice(0, k).findIndex((id) => (judgements.get(id) ?? 0) > 0);
  return index < 0 ? 0 : 1 / (index + 1);
}

/** 1 when every relevant document is among the first k, else 0; 0 when nothing is relevant. */
export const allRelevantAt = (k: number, ranked: readonly string[], judgements: Judgements): number =>
  recallAt(k, ranked, judgements) === 1 ? 1 : 0;

/** The value below which this share of the values lies, by the nearest rank; 0 for no values. */
export function percentile(share: number, values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? 0;
}

export const mean = (values: readonly number[]): number =>
  values.length > 0 ? values.reduce((sum, value) => sum + value, 0) / values.length : 0;
