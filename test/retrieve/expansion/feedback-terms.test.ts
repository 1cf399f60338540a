import { expect, test } from 'vitest';
import { feedbackTerms } from '../../../src/retrieve/expansion/feedback-terms.ts';

const passages = [
  { text: 'The footbridge sags; its cable is worn.', score: 1 },
  { text: 'A worn cable of the bridge was replaced.', score: 0.5 },
  { text: 'Lunch is at noon.', score: 0.1 },
];
const counts: Readonly<Record<string, number>> = { cabl: 2, worn: 50 };
const find = (terms: readonly string[], limit = 10) =>
  feedbackTerms(passages, {
    terms,
    limit,
    countWords: (stems) => ({ passages: 100, withWord: new Map(stems.map((stem) => [stem, counts[stem] ?? 99])) }),
  });

test('words that the passages have in common, the rare before the common', () =>
  expect(find(['footbridge'])).toEqual(['cable', 'worn']));

test('words of the query are not found again, nor their inflections', () => expect(find(['cables'])).toEqual(['worn']));

test('no more than asked for', () => expect(find(['footbridge'], 1)).toEqual(['cable']));

test('of one passage every word is taken', () =>
  expect(
    feedbackTerms([{ text: 'Lunch 2024 noon', score: 1 }], {
      terms: [],
      limit: 5,
      countWords: () => ({ passages: 10, withWord: new Map() }),
    }),
  ).toEqual(['lunch', 'noon']));

test('no passages, no words', () =>
  expect(feedbackTerms([], { terms: [], limit: 5, countWords: () => ({ passages: 0, withWord: new Map() }) })).toEqual(
    [],
  ));
