import type { RawGraph } from './read-graph.ts';
import type { WalkGraph } from './walk.ts';

export type WalkGraphOptions = {
  /** By index into entityKinds: entities of these kinds carry nobody from one passage to another. */
  readonly isLeftOut: (kind: number) => boolean;
  /** Entities in more than this share of the chunks say nothing of any. */
  readonly maxShare: number;
};

/**
 * The graph that is walked: entities of two chunks or more, weight `tf * (ln((N + 1) / df) + 1)`, rows that add up
 * to 1. `rootOf` gives each entity the one that it was merged into.
 */
export function buildWalkGraph(raw: RawGraph, rootOf: Int32Array, options: WalkGraphOptions): WalkGraph {
  const { chunkOffsets, edgeEntities, edgeCounts, kinds } = raw;
  const chunkCount = chunkOffsets.length - 1;
  const frequencies = documentFrequencies(raw, rootOf);
  const most = Math.max(2, chunkCount * options.maxShare);
  const isWalked = (entity: number): boolean => {
    const frequency = frequencies[entity] as number;
    return frequency > 1 && frequency <= most && !options.isLeftOut(kinds[entity] as number);
  };

  const offsets = new Int32Array(chunkCount + 1);
  const entities = new Int32Array(edgeEntities.length);
  const weights = new Float32Array(edgeEntities.length);
  const entityOffsets = new Int32Array(frequencies.length + 1);
  let length = 0;
  for (let chunk = 0; chunk < chunkCount; chunk++) {
    const start = length;
    for (let i = chunkOffsets[chunk] as number; i < (chunkOffsets[chunk + 1] as number); i++) {
      const entity = rootOf[edgeEntities[i] as number] as number;
      if (!isWalked(entity)) continue;
      const weight = (edgeCounts[i] as number) * (Math.log((chunkCount + 1) / (frequencies[entity] as number)) + 1);
      let there = start;
      while (there < length && entities[there] !== entity) there++;
      if (there < length) {
        weights[there] = (weights[there] as number) + weight;
        continue;
      }
      entities[length] = entity;
      weights[length++] = weight;
      entityOffsets[entity + 1] = (entityOffsets[entity + 1] as number) + 1;
    }
    offsets[chunk + 1] = length;
  }
  for (let i = 0; i < frequencies.length; i++) {
    entityOffsets[i + 1] = (entityOffsets[i + 1] as number) + (entityOffsets[i] as number);
  }
  const entityChunks = new Int32Array(length);
  const entityWeights = new Float32Array(length);
  const next = entityOffsets.slice();
  for (let chunk = 0; chunk < chunkCount; chunk++) {
    for (let i = offsets[chunk] as number; i < (offsets[chunk + 1] as number); i++) {
      const entity = entities[i] as number;
      const at = next[entity] as number;
      next[entity] = at + 1;
      entityChunks[at] = chunk;
      entityWeights[at] = weights[i] as number;
    }
  }
  const chunkWeights = weights.slice(0, length);
  normalizeRows(offsets, chunkWeights);
  normalizeRows(entityOffsets, entityWeights);
  return {
    chunkOffsets: offsets,
    chunkEntities: entities.slice(0, length),
    chunkWeights,
    entityOffsets,
    entityChunks,
    entityWeights,
  };
}

/** Chunks that name each entity, under the entity that it was merged into. */
export function documentFrequencies({ chunkOffsets, edgeEntities, kinds }: RawGraph, rootOf: Int32Array): Int32Array {
  const frequencies = new Int32Array(kinds.length);
  const lastChunk = new Int32Array(kinds.length).fill(-1);
  for (let chunk = 0; chunk + 1 < chunkOffsets.length; chunk++) {
    for (let i = chunkOffsets[chunk] as number; i < (chunkOffsets[chunk + 1] as number); i++) {
      const entity = rootOf[edgeEntities[i] as number] as number;
      if (lastChunk[entity] === chunk) continue;
      lastChunk[entity] = chunk;
      frequencies[entity] = (frequencies[entity] as number) + 1;
    }
  }
  return frequencies;
}

function normalizeRows(offsets: Int32Array, weights: Float32Array): void {
  for (let row = 0; row + 1 < offsets.length; row++) {
    const [start, end] = [offsets[row] as number, offsets[row + 1] as number];
    let sum = 0;
    for (let i = start; i < end; i++) sum += weights[i] as number;
    if (sum > 0) for (let i = start; i < end; i++) weights[i] = (weights[i] as number) / sum;
  }
}
