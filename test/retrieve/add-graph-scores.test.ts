import { expect, test } from 'vitest';
import type { PassageGraph } from '../../src/graph/types.ts';
import { addGraphScores, graphSeeds } from '../../src/retrieve/add-graph-scores.ts';

const candidates = [
  { row: 1, score: 2, signals: [] },
  { row: 2, score: 1, signals: [] },
];
const graphOf = (rows: readonly { row: number; score: number }[]): PassageGraph => ({
  rankByGraph: () => rows,
  prepare: () => {},
});
const add = (rows: readonly { row: number; score: number }[], mayAdd = true) =>
  addGraphScores(candidates, { graph: graphOf(rows), seeds: graphSeeds(candidates, 3), weight: 2, limit: 10, mayAdd });

test('score plus weight times best times share, by hand', () => {
  const found = add([
    { row: 3, score: 0.25 },
    { row: 2, score: 0.1 },
  ]);
  expect(found.map(({ row, score }) => [row, score])).toEqual([
    [1, 2],
    [2, 1.4],
    [3, 1],
  ]);
  expect(found[2]?.signals).toEqual([{ list: 'graph', rank: 1, raw: 0.25 }]);
});

test('what a passage leads to stays behind it', () =>
  expect(add([{ row: 3, score: 5 }]).map(({ row, score }) => [row, score])).toEqual([
    [1, 2],
    [3, expect.closeTo(1.999, 2)],
    [2, 1],
  ]));

test('passages that are held below the best keep their order', () => {
  const found = add([
    { row: 3, score: 5 },
    { row: 2, score: 4 },
    { row: 4, score: 3 },
  ]);
  expect(found.map(({ row }) => row)).toEqual([1, 3, 2, 4]);
  expect(new Set(found.map(({ score }) => score)).size).toBe(4);
});

test('seeds are chosen by what was found, not by how the words agree', () => {
  const agreeing = { row: 2, score: 3, signals: [{ list: 'agreement' as const, rank: 1, raw: 2 }] };
  expect(graphSeeds([agreeing, { row: 1, score: 2, signals: [] }], 2)).toEqual([
    { row: 1, score: 1 },
    { row: 2, score: 1 / 64 },
  ]);
});

test('the best passage itself is not lowered', () =>
  expect(add([{ row: 1, score: 0.5 }])[0]).toMatchObject({ row: 1, score: 2 }));

test('where nothing may be added it only lifts what is there', () => {
  expect(add([{ row: 3, score: 0.5 }], false).map(({ row }) => row)).toEqual([1, 2]);
});

test('a graph that knows nothing changes nothing', () => {
  expect(add([])).toEqual(candidates);
  expect(
    addGraphScores([], { graph: graphOf([{ row: 1, score: 1 }]), seeds: [], weight: 2, limit: 9, mayAdd: true }),
  ).toEqual([]);
});

test('seeds are the best candidates, the first far above the others', () =>
  expect(graphSeeds(candidates, 2).map(({ score }) => score)).toEqual([1, 1 / 64]));

test('the walk begins where it is told to', () => {
  const seeds = graphSeeds(candidates, 1);
  const seen: unknown[] = [];
  const graph: PassageGraph = {
    rankByGraph(from) {
      seen.push(from);
      return [];
    },
    prepare: () => {},
  };
  addGraphScores(candidates, { graph, seeds, weight: 2, limit: 10, mayAdd: true });
  expect(seen).toEqual([seeds]);
});
