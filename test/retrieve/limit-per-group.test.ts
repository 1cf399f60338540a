import { expect, test } from 'vitest';
import { limitPerGroup } from '../../src/retrieve/limit-per-group.ts';

const items = ['a1', 'b1', 'a2', 'a3', 'b2', 'c1', 'a4'];
const groupOf = (item: string) => item[0];

test.each([
  [1, ['a1', 'b1', 'c1']],
  [2, ['a1', 'b1', 'a2', 'b2', 'c1']],
  [9, items],
  [0, items],
  [-1, items],
])('at most %i of each group, in order', (most, expected) =>
  expect(limitPerGroup(items, groupOf, most)).toEqual(expected),
);

test('nothing in, nothing out; the input stays as it was', () => {
  expect(limitPerGroup([], groupOf, 2)).toEqual([]);
  const given = Object.freeze([...items]);
  expect(limitPerGroup(given, groupOf, 0)).not.toBe(given);
});

test('groups are told apart by identity, not by their text', () => {
  expect(limitPerGroup([1, '1', 1, '1'], (item) => item, 1)).toEqual([1, '1']);
});
