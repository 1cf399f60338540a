import { expect, test } from 'vitest';
import { dbscan } from '../../../src/app/gaps/dbscan.ts';

/** A unit vector at this angle in the plane: two of them are 1 - cos(difference) apart. */
const at = (degrees: number, weight = 1) => ({
  vector: Float32Array.of(Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)),
  weight,
});
/** 1 - cos(10.1 degrees): points ten degrees apart are neighbours, and eleven degrees not. */
const radius = 1 - Math.cos((10.1 * Math.PI) / 180);

test('no points, no clusters', () => expect(dbscan([], { radius, minWeight: 2 })).toEqual([]));

test('a chain of neighbours is one cluster, however long; a point far from all is in none', () => {
  const points = [0, 10, 20, 30, 90].map((degrees) => at(degrees));
  expect(dbscan(points, { radius, minWeight: 2 })).toEqual([[0, 1, 2, 3]]);
});

test('clusters grow from cores only: the ends of a short chain are at its border', () => {
  // With three needed, 10 is a core (0, 10, 20) and so is 20 (10, 20, 30); 0 and 30 see two points each.
  const points = [30, 0, 20, 10].map((degrees) => at(degrees));
  expect(dbscan(points, { radius, minWeight: 3 })).toEqual([[0, 1, 2, 3]]);
  // 40 and 50 see no third: nothing grows from them, and they belong to none.
  expect(dbscan([at(0), at(10), at(100), at(110)], { radius, minWeight: 3 })).toEqual([]);
});

test('a border point between two clusters belongs to the one that is found first', () => {
  const left = [0, 5, 10].map((degrees) => at(degrees));
  const right = [30, 35, 40].map((degrees) => at(degrees));
  // 20 sees 10, 30 and itself: with four needed it is no core. 10 sees 0, 5, 10, 20; 30 sees 20, 30, 35, 40.
  expect(dbscan([...left, at(20), ...right], { radius, minWeight: 4 })).toEqual([
    [0, 1, 2, 3],
    [4, 5, 6],
  ]);
  expect(dbscan([...right, at(20), ...left], { radius, minWeight: 4 })).toEqual([
    [0, 1, 2, 3],
    [4, 5, 6],
  ]);
});

test('a point of weight two is a core by itself', () => {
  expect(dbscan([at(0, 2), at(50), at(60)], { radius, minWeight: 2 })).toEqual([[0], [1, 2]]);
});

test('equal points are one cluster', () => {
  expect(dbscan([at(0), at(0), at(0)], { radius: 0.000001, minWeight: 2 })).toEqual([[0, 1, 2]]);
});
