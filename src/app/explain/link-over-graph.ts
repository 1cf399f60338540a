import { buildWalkGraph } from '../../graph/build-walk-graph.ts';
import { documentFrequencies } from '../../graph/document-frequencies.ts';
import { readWalkedGraph } from '../../graph/read-walked-graph.ts';
import type { ChunkRow, Store } from '../../store/types.ts';
import { evidenceOf } from '../graph/evidence.ts';
import type { GraphIndex } from '../graph/graph-index.ts';
import type { GraphLink, GraphStep } from './types.ts';

/** Further away nothing is left of a walk. */
const MAX_STEPS = 3;
/** Passages of a step that the next one starts from, the most likely first. */
const MAX_FRONTIER = 200;
const MAX_EDGES = 400_000;

type Reached = { readonly share: number; readonly from: number; readonly over: number };

/**
 * Finds the likeliest way of a walk from the seeds to a passage, by the weights that the search walks with; `index` names
 * what is passed over.
 */
export function createGraphLinks(
  store: Store,
  index: GraphIndex,
): (seeds: readonly ChunkRow[], row: ChunkRow) => GraphLink | null {
  const { raw, rootOf } = readWalkedGraph(store);
  const graph = buildWalkGraph(raw, rootOf);
  // Entities are numbered anew there: those of two passages or more, in order.
  const walked: number[] = [];
  documentFrequencies(raw, rootOf).forEach((frequency, entity) => {
    if (frequency > 1) walked.push(entity);
  });
  const chunkOfRow = new Map(Array.from(raw.chunkRows, (row, chunk) => [row, chunk]));
  // The graph that is shown has more names, and more of them are one.
  const keys = raw.keys.inOrder();
  const shownOf = (entity: number): number => index.rootOf[index.raw.keys.find(keys[entity] as number)] as number;

  const reachFrom = (seed: number, target: number): Map<number, Reached> => {
    const reached = new Map<number, Reached>([[seed, { share: 1, from: -1, over: -1 }]]);
    let frontier = [seed];
    let edges = 0;
    for (let step = 0; step < MAX_STEPS && !reached.has(target) && frontier.length > 0; step++) {
      const next = new Map<number, Reached>();
      for (const chunk of frontier) {
        const { share } = reached.get(chunk) as Reached;
        for (let i = graph.chunkOffsets[chunk] as number; i < (graph.chunkOffsets[chunk + 1] as number); i++) {
          const over = graph.chunkEntities[i] as number;
          const [start, end] = [graph.entityOffsets[over] as number, graph.entityOffsets[over + 1] as number];
          edges += end - start;
          if (edges > MAX_EDGES) break;
          for (let j = start; j < end; j++) {
            const to = graph.entityChunks[j] as number;
            const arriving = share * (graph.chunkWeights[i] as number) * (graph.entityWeights[j] as number);
            if (reached.has(to) || arriving <= (next.get(to)?.share ?? 0)) continue;
            next.set(to, { share: arriving, from: chunk, over });
          }
        }
      }
      for (const [chunk, way] of next) reached.set(chunk, way);
      frontier = [...next]
        .sort((a, b) => b[1].share - a[1].share || a[0] - b[0])
        .slice(0, MAX_FRONTIER)
        .map(([chunk]) => chunk);
    }
    return reached;
  };

  return (seeds, row) => {
    const target = chunkOfRow.get(row);
    if (target === undefined) return null;
    let best: { readonly seedRank: number; readonly reached: Map<number, Reached>; readonly share: number } | null =
      null;
    for (const [i, seedRow] of seeds.entries()) {
      const seed = chunkOfRow.get(seedRow);
      if (seed === undefined || seed === target) continue;
      const reached = reachFrom(seed, target);
      const share = reached.get(target)?.share ?? 0;
      if (share > (best?.share ?? 0)) best = { seedRank: i + 1, reached, share };
    }
    if (!best) return seeds.includes(row) ? { seedRank: seeds.indexOf(row) + 1, steps: [] } : null;
    const steps: GraphStep[] = [];
    for (let to = target; ; ) {
      const way = best.reached.get(to) as Reached;
      if (way.from < 0) break;
      const entity = shownOf(walked[way.over] as number);
      const [left, right] = [evidenceOf(store, index, way.from, [entity]), evidenceOf(store, index, to, [entity])];
      if (left && right) steps.unshift({ over: index.refOf(entity), from: left, to: right });
      to = way.from;
    }
    return { seedRank: best.seedRank, steps };
  };
}
