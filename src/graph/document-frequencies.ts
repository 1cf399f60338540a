import type { RawGraph } from './read-graph.ts';

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
