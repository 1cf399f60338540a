import { expect, test } from 'vitest';
import { centralSentences } from '../../src/answer/central-sentences.ts';
import { libraryOf } from './hits.ts';

const central = (texts: readonly string[], maxSentences: number) => {
  const { hits, documentText } = libraryOf(texts);
  return centralSentences({
    hits,
    documentText: hits[0] ? documentText(hits[0].chunk.documentId) : null,
    maxSentences,
  });
};

const TEXT = [
  'The pump moves water from the well to the tank. Rain fell on Tuesday in the mountains.',
  'When the tank is full, the pump stops and the well recovers. A cat slept on the roof all day.',
  'The tank feeds the kitchen with water from the well. My uncle collects old stamps from Peru.',
];

test('sentences that others are like come before those that stand alone, in reading order', () => {
  const found = central(TEXT, 3);
  expect(found.map(({ unit }) => unit.text)).toEqual([
    'The pump moves water from the well to the tank.',
    'When the tank is full, the pump stops and the well recovers.',
    'The tank feeds the kitchen with water from the well.',
  ]);
  expect(found.map(({ marker }) => marker)).toEqual([1, 2, 3]);
});

test('every sentence stands in its passage, none is said twice, and no more come than were asked for', () => {
  const { hits } = libraryOf(TEXT);
  const found = central([...TEXT, ...TEXT], 4);
  expect(found.length).toBeLessThanOrEqual(4);
  expect(new Set(found.map(({ unit }) => unit.text)).size).toBe(found.length);
  for (const { marker, unit } of found) expect(hits[(marker - 1) % 3]!.chunk.text).toContain(unit.text);
});

test('a document of a table has its rows, one without words nothing', () => {
  const [row] = central(['| name | age |\n|---|---|\n| Ada | 36 |\n| Bob | 41 |'], 1);
  expect(row?.unit.text).toMatch(/Ada|Bob/);
  expect(central([''], 3)).toEqual([]);
  expect(central([], 3)).toEqual([]);
});
