import { expect, test } from 'vitest';
import { fitPassage, fitQuery } from '../../src/rerank/transformers/fit-pair.ts';

/** One token a word, and three marks. */
const words = (text: string): number => text.split(/\s+/).filter(Boolean).length;
const count = (query: string, passage: string): number => 3 + words(query) + words(passage);

test('what fits stays as it is', () => {
  expect(fitQuery('two words', 16, count)).toBe('two words');
  expect(fitPassage('two words', 'a passage of five words', 16, count)).toBe('a passage of five words');
});

test('a long query keeps half of the room, a long passage the rest', () => {
  const long = 'word '.repeat(1000);
  const query = fitQuery(long, 64, count);
  expect(count(query, '')).toBeLessThanOrEqual(32);
  expect(count(query, '')).toBeGreaterThan(20);
  const passage = fitPassage(query, long, 64, count);
  expect(count(query, passage)).toBeLessThanOrEqual(64);
  expect(count(query, passage)).toBeGreaterThan(50);
  expect(long.startsWith(passage)).toBe(true);
});

test('words of uneven length are cut until they fit', () => {
  for (const text of [
    `${'a '.repeat(300)}${'antidisestablishment '.repeat(50)}`,
    'x '.repeat(2000),
    '東 '.repeat(500),
  ]) {
    expect(count('query', fitPassage('query', text, 40, count))).toBeLessThanOrEqual(40);
  }
});

test('no character is cut in two', () => {
  const perUnit = (query: string, passage: string) => query.length + passage.length;
  for (let room = 10; room < 20; room++) {
    const cut = fitPassage('q', '😀'.repeat(30), room, perUnit);
    expect(cut).toBe('😀'.repeat(cut.length / 2));
    expect(cut.length).toBeLessThan(room);
  }
});

test('a tokenizer that never gives in is not asked for ever', () => {
  let asked = 0;
  const stubborn = () => {
    asked++;
    return 1000;
  };
  fitPassage('q', 'word '.repeat(100), 10, stubborn);
  expect(asked).toBeLessThan(20);
});
