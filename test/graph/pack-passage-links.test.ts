import { expect, test } from 'vitest';
import { noPassageLinks, packPassageLinks, unpackPassageLinks } from '../../src/graph/pack-passage-links.ts';

const links = {
  graph: {
    chunkOffsets: Int32Array.of(0, 1, 2, 2),
    chunkEntities: Int32Array.of(0, 0),
    chunkWeights: Float32Array.of(1, 1),
    entityOffsets: Int32Array.of(0, 2),
    entityChunks: Int32Array.of(0, 1),
    entityWeights: Float32Array.of(0.25, 0.75),
  },
  rows: Int32Array.of(7, 8, 12),
  isLinked: Uint8Array.of(1, 0, 1),
};
const packed = packPassageLinks(links);

test('what was packed is unpacked as it was', () => expect(unpackPassageLinks(packed)).toEqual(links));

test('bytes at an odd place of a larger buffer are read too', () => {
  const larger = new Uint8Array(packed.length + 1);
  larger.set(packed, 1);
  expect(unpackPassageLinks(larger.subarray(1))).toEqual(links);
});

test('an empty graph is one', () =>
  expect(unpackPassageLinks(packPassageLinks(noPassageLinks))).toEqual(noPassageLinks));

test.each([
  ['nothing', new Uint8Array(0)],
  ['a part', packed.subarray(0, packed.length - 1)],
  ['more', Uint8Array.from([...packed, 0])],
  ['another form', Uint8Array.from([99, ...packed.subarray(1)])],
  ['a length below 0', Uint8Array.from([...packed.subarray(0, 4), 255, 255, 255, 255, ...packed.subarray(8)])],
])('%s is not read', (_, bytes) => expect(unpackPassageLinks(bytes)).toBeNull());
