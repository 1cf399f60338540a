import { expect, test } from 'vitest';
import { createWordAgreement, stemsOf } from '../../src/retrieve/word-agreement.ts';

const check = (query: string, text: string, expected: readonly [number, number, number], rarity = (_: string) => 1) => {
  const { coverage, ordered, near } = createWordAgreement(stemsOf(query), rarity)(text);
  expect([coverage, ordered, near].map((value) => Number(value.toFixed(4)))).toEqual(expected);
};

test('all words in order are full agreement', () => check('spare key box', 'The spare key box is blue.', [1, 1, 1]));

test('inflections, case and accents do not count', () =>
  check('Café POLICIES', 'Our cafe policy, in short.', [1, 1, 1]));

test('one word between still is in order, two are only near', () => {
  check('spare key', 'a spare brass key', [1, 1, 1]);
  check('spare key', 'a spare old brass key', [1, 0, 1]);
});

test('the other way round is near and not in order', () => check('spare key', 'the key is spare', [1, 0, 1]));

test('words that stand far apart are there and no more', () =>
  check('spare key', `spare ${'word '.repeat(8)}key`, [1, 0, 0]));

test('rare words count for more', () =>
  check('parental leave', 'sick leave', [0.25, 0, 0], (stem) => (stem === stemsOf('parental')[0] ? 3 : 1)));

test('one word has no neighbours', () => check('key', 'the key', [1, 0, 0]));

test('nothing agrees with nothing', () => {
  check('', 'the key', [0, 0, 0]);
  check('key', '', [0, 0, 0]);
});

test('a word said twice is followed by another, not by itself', () => check('key key', 'key', [1, 0, 0]));

test('a pair is found wherever it stands among others of its words', () => {
  check('spare key', `key key ${'key word word word word word word word word word spare '.repeat(3)}key`, [1, 1, 1]);
  check('spare key', `${'spare '.repeat(500)}${'word '.repeat(9)}${'key '.repeat(500)}`, [1, 0, 0]);
  check('spare key', `${'key '.repeat(500)}${'word '.repeat(4)}${'spare '.repeat(500)}`, [1, 0, 1]);
});

test('words of more than 64 letters have no stem, as in the word index', () => {
  const long = 'a'.repeat(62);
  expect(stemsOf(`${long}ing ${long.slice(10)}ing`)).toEqual([`${long}ing`, long.slice(10)]);
});

test('a pair counts as much as its commoner word', () => {
  const rarity: Record<string, number> = { r: 1, k: 2, b: 4 };
  check('red key box', 'key box', [0.8571, 0.6667, 0.6667], (stem) => rarity[stem.charAt(0)] as number);
});
