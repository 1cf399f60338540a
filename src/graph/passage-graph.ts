import { buildWalkGraph, type EdgeWeights } from './build-walk-graph.ts';
import { type RawGraph, readGraph } from './read-graph.ts';
import { resolveEntities } from './resolve-entities.ts';
import type { GraphReader, PassageGraph, PassageScore } from './types.ts';
import { createWalk, defaultWalk, type Walk, type WalkGraph } from './walk.ts';

type Built = {
  readonly generation: number;
  readonly walk: Walk;
  readonly rows: Int32Array;
  readonly chunkOfRow: ReadonlyMap<number, number>;
  /** By chunk: whether it says the name of another document, or another says that of its own. */
  readonly isLinked: Uint8Array;
  readonly hasLinks: boolean;
};

/**
 * What a seed counts of its own weight: with all of it seeds that nothing supports stay on top, with none of it the
 * order of the seeds is lost.
 */
const OWN_SHARE = 0.5;

/** The graph of a knowledge base: read at the first question, and again after the first one that follows a write. */
export function createPassageGraph(reader: GraphReader, edges?: EdgeWeights): PassageGraph {
  let built: Built | undefined;
  const current = (): Built => {
    const generation = reader.generation();
    if (built?.generation !== generation) built = build(reader, generation, edges);
    return built;
  };
  return {
    rankByGraph(seeds, limit): readonly PassageScore[] {
      const { walk, rows, chunkOfRow, isLinked, hasLinks } = current();
      if (!hasLinks) return [];
      const known = seeds.flatMap(({ row, score }) => {
        const chunk = chunkOfRow.get(row);
        return chunk === undefined || !isLinked[chunk] ? [] : [{ chunk, weight: score }];
      });
      const linked = known.reduce((sum, { weight }) => sum + weight, 0);
      const total = seeds.reduce((sum, { score }) => sum + score, 0);
      const own = new Map(known.map(({ chunk, weight }) => [chunk, weight / linked]));
      const unit = (defaultWalk.restart / seeds.length) * (total / linked);
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

function build(reader: GraphReader, generation: number, edges?: EdgeWeights): Built {
  if (!reader.hasTitleLinks()) return { ...emptyBuild, generation };
  const raw = readGraph(reader);
  const { rootOf } = resolveEntities(raw, reader.mergeDecisions());
  const isLinked = linkedChunks(raw, rootOf);
  const hasLinks = isLinked.includes(1);
  const chunkOfRow = new Map<number, number>();
  if (hasLinks) raw.chunkRows.forEach((row, chunk) => void chunkOfRow.set(row, chunk));
  const graph = hasLinks ? buildWalkGraph(raw, rootOf, edges) : emptyGraph;
  return { generation, walk: createWalk(graph), rows: raw.chunkRows, chunkOfRow, isLinked, hasLinks };
}

function linkedChunks(
  { chunkOffsets, chunkDocuments, edgeEntities, titledDocuments, documents }: RawGraph,
  rootOf: Int32Array,
): Uint8Array {
  const titled = new Int32Array(rootOf.length).fill(-1);
  titledDocuments.forEach((document, entity) => {
    if (document >= 0) titled[rootOf[entity] as number] = document;
  });
  const isLinked = new Uint8Array(chunkOffsets.length - 1);
  const isNamed = new Uint8Array(documents.length);
  for (let chunk = 0; chunk < isLinked.length; chunk++) {
    for (let i = chunkOffsets[chunk] as number; i < (chunkOffsets[chunk + 1] as number); i++) {
      const document = titled[rootOf[edgeEntities[i] as number] as number] as number;
      if (document < 0 || document === chunkDocuments[chunk]) continue;
      isLinked[chunk] = 1;
      isNamed[document] = 1;
    }
  }
  for (let chunk = 0; chunk < isLinked.length; chunk++) {
    if (isNamed[chunkDocuments[chunk] as number]) isLinked[chunk] = 1;
  }
  return isLinked;
}

const emptyGraph: WalkGraph = {
  chunkOffsets: new Int32Array(1),
  chunkEntities: new Int32Array(0),
  chunkWeights: new Float32Array(0),
  entityOffsets: new Int32Array(1),
  entityChunks: new Int32Array(0),
  entityWeights: new Float32Array(0),
};

const emptyBuild: Omit<Built, 'generation'> = {
  walk: createWalk(emptyGraph),
  rows: new Int32Array(0),
  chunkOfRow: new Map(),
  isLinked: new Uint8Array(0),
  hasLinks: false,
};
