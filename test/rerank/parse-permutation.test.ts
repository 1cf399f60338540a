import { expect, test } from 'vitest';
import { parsePermutation } from '../../src/rerank/parse-permutation.ts';

const check = (answer: string, count: number, expected: readonly number[] | null) =>
  expect(parsePermutation(answer, count)).toEqual(expected);

test('a chain is the order', () => check('[2] > [3] > [1]', 3, [1, 2, 0]));

test('passages that are not named follow in their order', () => {
  check('[3]', 4, [2, 0, 1, 3]);
  check('[4] > [2]', 4, [3, 1, 0, 2]);
});

test('the first of repeated numbers counts', () => check('[2] > [1] > [2] > [3] > [1]', 3, [1, 0, 2]));

test('numbers that no passage has are passed over', () => check('[9] > [0] > [2] > [1234] > [1]', 2, [1, 0]));

test('the longest chain counts, not numbers in the talk around it', () =>
  check('Passage [1] is about [2], so:\n[3] > [2] > [1]\nI hope this helps with [1]!', 3, [2, 1, 0]));

test('commas, arrows, nothing and line ends part a chain too', () => {
  check('[2], [1]', 2, [1, 0]);
  check('[2]\n[1]', 2, [1, 0]);
  check('[2][1]', 2, [1, 0]);
  check('[2] → [1]', 2, [1, 0]);
});

test('bare numbers are read where there are no brackets', () => {
  check('2 > 1', 2, [1, 0]);
  check('{"ranking": [3, 1, 2]}', 3, [2, 0, 1]);
  check('1. Passage 2', 2, [0, 1]);
});

test('an answer without a number of a passage has no order', () => {
  check('', 3, null);
  check('I cannot rank these.', 3, null);
  check('[7] > [8]', 3, null);
  check('0.95', 3, null);
  check('2026', 3, null);
});

test('every answer gives each passage once', () => {
  let state = 7;
  const next = (below: number) => {
    state = (state * 48271) % 2147483647;
    return state % below;
  };
  const pieces = ['[', ']', '>', ',', ' ', '1', '2', '3', '17', '999', '[4]', '[2] > ', 'x', '\n', '.'];
  for (let round = 0; round < 500; round++) {
    const answer = Array.from({ length: next(30) }, () => pieces[next(pieces.length)]).join('');
    const order = parsePermutation(answer, 5);
    if (order !== null) expect([...order].sort(), answer).toEqual([0, 1, 2, 3, 4]);
  }
});

test('a page of brackets is read in no time to speak of', () => {
  const answer = '[1] > '.repeat(3000) + '['.repeat(20_000);
  check(answer, 2, [0, 1]);
});
