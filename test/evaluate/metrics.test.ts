import { expect, test } from 'vitest';
import { allRelevantAt, mean, ndcgAt, percentile, recallAt, reciprocalRankAt } from '../../src/evaluate/metrics.ts';

const graded = new Map([
  ['a', 2],
  ['b', 1],
  ['c', 0],
  ['d', 1],
]);

test('nDCG weighs a grade by its rank against the best order', () => {
  // Found: c (0), a (2) at rank 2, x, b (1) at rank 4. Ideal: 2, 1, 1.
  const found = 2 / Math.log2(3) + 1 / Math.log2(5);
  const ideal = 2 + 1 / Math.log2(3) + 1 / Math.log2(4);
  expect(ndcgAt(10, ['c', 'a', 'x', 'b'], graded)).toBeCloseTo(found / ideal, 12);
  expect(ndcgAt(1, ['c', 'a'], graded)).toBe(0);
  expect(ndcgAt(10, ['a', 'b', 'd'], graded)).toBe(1);
  expect(ndcgAt(10, [], graded)).toBe(0);
  expect(ndcgAt(10, ['c'], new Map([['c', 0]]))).toBe(0);
});

test('recall is the share of what is relevant among the first k', () => {
  expect(recallAt(2, ['a', 'x', 'b'], graded)).toBeCloseTo(1 / 3, 12);
  expect(recallAt(3, ['a', 'x', 'b'], graded)).toBeCloseTo(2 / 3, 12);
  expect(recallAt(3, ['a'], new Map())).toBe(0);
});

test('all gold is one only when nothing relevant is missing', () => {
  expect(allRelevantAt(4, ['a', 'x', 'b', 'd'], graded)).toBe(1);
  expect(allRelevantAt(3, ['a', 'x', 'b', 'd'], graded)).toBe(0);
  expect(allRelevantAt(3, ['a'], new Map())).toBe(0);
});

test('the reciprocal rank is that of the first relevant one', () => {
  expect(reciprocalRankAt(10, ['c', 'x', 'b', 'a'], graded)).toBeCloseTo(1 / 3, 12);
  expect(reciprocalRankAt(2, ['c', 'x', 'b', 'a'], graded)).toBe(0);
});

test('a percentile is a value of the list, by the nearest rank', () => {
  expect([0.5, 0.95, 1, 0].map((share) => percentile(share, [4, 1, 3, 2]))).toEqual([2, 4, 4, 1]);
  expect(percentile(0.5, [])).toBe(0);
  expect(mean([])).toBe(0);
});
