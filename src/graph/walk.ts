import type { PassageScore } from './types.ts';

/** A bipartite graph of chunks and entities in compressed rows, both ways. Weights of a row add up to 1, or the row is empty. */
export type WalkGraph = {
  readonly chunkOffsets: Int32Array;
  readonly chunkEntities: Int32Array;
  readonly chunkWeights: Float32Array;
  readonly entityOffsets: Int32Array;
  readonly entityChunks: Int32Array;
  readonly entityWeights: Float32Array;
};

export type WalkOptions = {
  /** Share of the walkers that go back to the seeds at every step. */
  readonly restart: number;
  readonly steps: number;
  /** Edges that one walk may pass; what it has then is the result. */
  readonly maxEdges: number;
  /** Less than this is not carried on. */
  readonly minMass: number;
};

export const defaultWalk: WalkOptions = { restart: 0.5, steps: 20, maxEdges: 400_000, minMass: 1e-5 };

export type Walk = (
  seeds: readonly { readonly chunk: number; readonly weight: number }[],
  limit: number,
) => PassageScore[];

/**
 * Personalised PageRank from the seeds, pushed outward: each step carries the mass that arrived in the last one over
 * shared entities, so that only what the seeds reach is touched. `row` of the result is the chunk's number. Empty when
 * no seed shares an entity.
 * Source: Andersen, Chung, Lang, FOCS 2006 (push), Gutierrez et al., NeurIPS 2024 (over entities of passages).
 */
export function createWalk(graph: WalkGraph, options: WalkOptions = defaultWalk): Walk {
  const { chunkOffsets, chunkEntities, chunkWeights, entityOffsets, entityChunks, entityWeights } = graph;
  const scores = new Float32Array(chunkOffsets.length - 1);
  const arriving = new Float32Array(chunkOffsets.length - 1);
  const atEntity = new Float32Array(entityOffsets.length - 1);

  return (seeds, limit) => {
    const touched: number[] = [];
    let frontier: number[] = [];
    const total = seeds.reduce((sum, { weight }) => sum + Math.max(0, weight), 0);
    let reachable = false;
    for (const { chunk, weight } of seeds) {
      if (!(weight > 0) || chunk < 0 || chunk >= scores.length) continue;
      if (arriving[chunk] === 0) frontier.push(chunk);
      arriving[chunk] = (arriving[chunk] as number) + weight / total;
      reachable ||= (chunkOffsets[chunk] as number) < (chunkOffsets[chunk + 1] as number);
    }
    let edges = 0;
    for (let step = 0; step < options.steps && frontier.length > 0; step++) {
      const entities: number[] = [];
      for (const chunk of frontier) {
        const mass = arriving[chunk] as number;
        arriving[chunk] = 0;
        if (scores[chunk] === 0) touched.push(chunk);
        scores[chunk] = (scores[chunk] as number) + options.restart * mass;
        if (!reachable || mass < options.minMass || edges > options.maxEdges) continue;
        const end = chunkOffsets[chunk + 1] as number;
        for (let i = chunkOffsets[chunk] as number; i < end; i++) {
          const entity = chunkEntities[i] as number;
          if (atEntity[entity] === 0) entities.push(entity);
          atEntity[entity] = (atEntity[entity] as number) + (1 - options.restart) * mass * (chunkWeights[i] as number);
        }
        edges += end - (chunkOffsets[chunk] as number);
      }
      frontier = [];
      for (const entity of entities) {
        const mass = atEntity[entity] as number;
        atEntity[entity] = 0;
        const start = entityOffsets[entity] as number;
        const end = entityOffsets[entity + 1] as number;
        if (mass < options.minMass || edges + end - start > options.maxEdges) continue;
        edges += end - start;
        for (let i = start; i < end; i++) {
          const chunk = entityChunks[i] as number;
          if (arriving[chunk] === 0) frontier.push(chunk);
          arriving[chunk] = (arriving[chunk] as number) + mass * (entityWeights[i] as number);
        }
      }
    }
    for (const chunk of frontier) arriving[chunk] = 0;
    const ranked = reachable ? bestOf(touched, scores, limit) : [];
    for (const chunk of touched) scores[chunk] = 0;
    return ranked;
  };
}

/** The best `limit`, ties by row. A walk may touch a hundred thousand, of which hundreds are wanted. */
function bestOf(touched: readonly number[], scores: Float32Array, limit: number): PassageScore[] {
  const sorted = Float32Array.from(touched, (row) => scores[row] as number).sort();
  const least = sorted[Math.max(0, sorted.length - limit)] ?? 0;
  return touched
    .filter((row) => (scores[row] as number) >= least)
    .map((row) => ({ row, score: scores[row] as number }))
    .sort((a, b) => b.score - a.score || a.row - b.row)
    .slice(0, limit);
}
