import { expect, test } from 'vitest';
import { createWalk, defaultWalk, type WalkGraph } from '../../src/graph/walk.ts';
import { createRandom } from '../chunk/markdown-like.ts';

/** A graph of `edges[chunk]` = its entities, every edge of weight 1. */
function graphOf(edges: readonly (readonly number[])[], entityCount: number): WalkGraph {
  const rows = (lists: readonly (readonly number[])[]) => {
    const offsets = new Int32Array(lists.length + 1);
    lists.forEach((list, i) => {
      offsets[i + 1] = (offsets[i] as number) + list.length;
    });
    return {
      offsets,
      ends: Int32Array.from(lists.flat()),
      weights: Float32Array.from(lists.flatMap((list) => list.map(() => 1 / list.length))),
    };
  };
  const chunks = rows(edges);
  const entities = rows(
    Array.from({ length: entityCount }, (_, entity) =>
      edges.flatMap((list, chunk) => (list.includes(entity) ? [chunk] : [])),
    ),
  );
  return {
    chunkOffsets: chunks.offsets,
    chunkEntities: chunks.ends,
    chunkWeights: chunks.weights,
    entityOffsets: entities.offsets,
    entityChunks: entities.ends,
    entityWeights: entities.weights,
  };
}

test('two chunks that share an entity: by hand, three quarters and one quarter', () => {
  // x = 1/2 * start + 1/2 * M x, where M gives each chunk half of both: x0 = 3/4, x1 = 1/4.
  const found = createWalk(graphOf([[0], [0]], 1))([{ chunk: 0, weight: 5 }], 10);
  expect(found.map(({ row }) => row)).toEqual([0, 1]);
  expect(found[0]?.score).toBeCloseTo(0.75, 3);
  expect(found[1]?.score).toBeCloseTo(0.25, 3);
});

test('it finds what no seed shares an entity with, over one that does', () => {
  const found = createWalk(graphOf([[0], [0, 1], [1], [2]], 3))([{ chunk: 0, weight: 1 }], 10);
  expect(found.map(({ row }) => row)).toEqual([0, 1, 2]);
});

test('without shared entities, seeds or weights there is nothing', () => {
  const walk = createWalk(graphOf([[], [0], [0]], 1));
  expect(walk([{ chunk: 0, weight: 1 }], 10)).toEqual([]);
  expect(walk([], 10)).toEqual([]);
  expect(walk([{ chunk: 1, weight: 0 }], 10)).toEqual([]);
  expect(
    walk(
      [
        { chunk: 99, weight: 1 },
        { chunk: -1, weight: 1 },
      ],
      10,
    ),
  ).toEqual([]);
});

test('pushing what is worth it gives what iterating over everything gives, and leaves nothing behind', () => {
  const random = createRandom(11);
  const edges = Array.from({ length: 60 }, () => [...new Set(Array.from({ length: 1 + random(5) }, () => random(40)))]);
  const graph = graphOf(edges, 40);
  const exact = (seeds: readonly number[]): number[] => {
    let mass = edges.map((_, i) => (seeds.includes(i) ? 1 / seeds.length : 0));
    const start = mass;
    for (let step = 0; step < 60; step++) {
      const next = start.map((value) => value * 0.5);
      mass.forEach((value, chunk) => {
        for (let i = graph.chunkOffsets[chunk]!; i < graph.chunkOffsets[chunk + 1]!; i++) {
          const entity = graph.chunkEntities[i]!;
          for (let j = graph.entityOffsets[entity]!; j < graph.entityOffsets[entity + 1]!; j++) {
            next[graph.entityChunks[j]!]! += 0.5 * value * graph.chunkWeights[i]! * graph.entityWeights[j]!;
          }
        }
      });
      mass = next;
    }
    return mass;
  };
  const walk = createWalk(graph, { ...defaultWalk, steps: 40, minMass: 1e-7 });
  for (const seeds of [[0], [1, 2, 3], [4], [0]]) {
    const expected = exact(seeds);
    const found = walk(
      seeds.map((chunk) => ({ chunk, weight: 1 })),
      100,
    );
    for (const { row, score } of found) expect(score).toBeCloseTo(expected[row] as number, 4);
    expect(found.reduce((sum, { score }) => sum + score, 0)).toBeGreaterThan(0.999);
  }
});

test('it passes no more edges than it may', () => {
  const everyone = graphOf(
    Array.from({ length: 3000 }, () => [0]),
    1,
  );
  const found = createWalk(everyone, { ...defaultWalk, maxEdges: 100 })([{ chunk: 7, weight: 1 }], 10);
  expect(found).toEqual([{ row: 7, score: 0.5 }]);
});
