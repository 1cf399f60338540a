import { buildWalkGraph } from './build-walk-graph.ts';
import { readGraph } from './read-graph.ts';
import { resolveEntities } from './resolve-entities.ts';
import type { GraphReader, PassageGraph, PassageScore } from './types.ts';
import { createWalk, defaultWalk, type Walk } from './walk.ts';

type Built = {
  readonly generation: number;
  readonly walk: Walk;
  readonly rows: Int32Array;
  readonly chunkOfRow: ReadonlyMap<number, number>;
  readonly hasShared: boolean;
};

/**
 * What a seed counts of its own weight: with all of it seeds that nothing supports stay on top, with none of it the
 * order of the seeds is lost. Measured on hotpotqa-500.
 */
const OWN_SHARE = 0.5;

/** The graph of a knowledge base: read at the first question, and again after the first one that follows a write. */
export function createPassageGraph(reader: GraphReader): PassageGraph {
  let built: Built | undefined;
  const current = (): Built => {
    const generation = reader.generation();
    if (built?.generation !== generation) built = build(reader, generation);
    return built;
  };
  return {
    rankByGraph(seeds, limit): readonly PassageScore[] {
      const { walk, rows, chunkOfRow, hasShared } = current();
      if (!hasShared) return [];
      const known = seeds.flatMap(({ row, score }) => {
        const chunk = chunkOfRow.get(row);
        return chunk === undefined ? [] : [{ chunk, weight: score }];
      });
      const total = known.reduce((sum, { weight }) => sum + weight, 0);
      const own = new Map(known.map(({ chunk, weight }) => [chunk, weight / total]));
      const unit = defaultWalk.restart / known.length;
      return walk(known, limit + known.length)
        .map(({ row: chunk, score }) => {
          const kept = defaultWalk.restart * (own.get(chunk) ?? 0);
          return { row: rows[chunk] as number, score: Math.max(0, score - kept * (1 - OWN_SHARE)) / unit };
        })
        .sort((a, b) => b.score - a.score || a.row - b.row)
        .slice(0, limit);
    },
  };
}

function build(reader: GraphReader, generation: number): Built {
  const raw = readGraph(reader);
  const graph = buildWalkGraph(raw, resolveEntities(raw, reader.mergeDecisions()).rootOf);
  const chunkOfRow = new Map<number, number>();
  raw.chunkRows.forEach((row, chunk) => void chunkOfRow.set(row, chunk));
  return {
    generation,
    walk: createWalk(graph),
    rows: raw.chunkRows,
    chunkOfRow,
    hasShared: graph.chunkEntities.length > 0,
  };
}
