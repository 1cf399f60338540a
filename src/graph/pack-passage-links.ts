import type { WalkGraph } from './walk.ts';

/** What the walk over passages needs, ready to be walked. */
export type PassageLinks = {
  readonly graph: WalkGraph;
  /** By chunk: its row in the store. */
  readonly rows: Int32Array;
  /** By chunk: 1 where it says the name of another document, or another says that of its own. */
  readonly isLinked: Uint8Array;
};

/** Where no document names another. */
export const noPassageLinks: PassageLinks = {
  graph: {
    chunkOffsets: new Int32Array(1),
    chunkEntities: new Int32Array(0),
    chunkWeights: new Float32Array(0),
    entityOffsets: new Int32Array(1),
    entityChunks: new Int32Array(0),
    entityWeights: new Float32Array(0),
  },
  rows: new Int32Array(0),
  isLinked: new Uint8Array(0),
};

/** Grows with every change of the form, or of how the graph is built; what another version packed is not read. */
const FORM = 3;
const HEADER_LENGTH = 4;

/** As bytes: four numbers (form, chunks, entities, edges), then the arrays one after the other, little-endian. */
export function packPassageLinks({ graph, rows, isLinked }: PassageLinks): Uint8Array {
  const header = Int32Array.of(FORM, rows.length, graph.entityOffsets.length - 1, graph.chunkEntities.length);
  const parts = [
    header,
    rows,
    graph.chunkOffsets,
    graph.chunkEntities,
    graph.chunkWeights,
    graph.entityOffsets,
    graph.entityChunks,
    graph.entityWeights,
    isLinked,
  ];
  const packed = new Uint8Array(parts.reduce((sum, { byteLength }) => sum + byteLength, 0));
  let at = 0;
  for (const { buffer, byteOffset, byteLength } of parts) {
    packed.set(new Uint8Array(buffer, byteOffset, byteLength), at);
    at += byteLength;
  }
  return packed;
}

/** Null for bytes of another form or length. */
export function unpackPassageLinks(packed: Uint8Array): PassageLinks | null {
  if (packed.byteLength < HEADER_LENGTH * 4) return null;
  const bytes = packed.slice();
  const [form, chunks, entities, edges] = new Int32Array(bytes.buffer, 0, HEADER_LENGTH);
  if (form !== FORM || chunks === undefined || entities === undefined || edges === undefined) return null;
  const length = 4 * (HEADER_LENGTH + chunks + (chunks + 1) + edges * 2 + (entities + 1) + edges * 2) + chunks;
  if (Math.min(chunks, entities, edges) < 0 || bytes.byteLength !== length) return null;
  let at = HEADER_LENGTH * 4;
  const next = <Numbers>(
    make: new (buffer: ArrayBuffer, at: number, count: number) => Numbers,
    count: number,
  ): Numbers => {
    const numbers = new make(bytes.buffer as ArrayBuffer, at, count);
    at += 4 * count;
    return numbers;
  };
  return {
    rows: next(Int32Array, chunks),
    graph: {
      chunkOffsets: next(Int32Array, chunks + 1),
      chunkEntities: next(Int32Array, edges),
      chunkWeights: next(Float32Array, edges),
      entityOffsets: next(Int32Array, entities + 1),
      entityChunks: next(Int32Array, edges),
      entityWeights: next(Float32Array, edges),
    },
    isLinked: new Uint8Array(bytes.buffer, at, chunks),
  };
}
