import { expect, test } from 'vitest';
import { overlapStart } from '../../src/chunk/overlap-start.ts';

const repeatedOf = (former: string, budget: number): string => {
  const text = `${former}\n\nThe next paragraph.`;
  const start = former.length + 2;
  return text.slice(overlapStart(text, { start: 0, end: former.length }, start, budget), start).trim();
};

const FORMER = 'One sentence stands here. Another one follows it. The last one is short.';

test('it begins with the earliest sentence that fits', () => {
  expect(repeatedOf(FORMER, 8)).toBe('The last one is short.');
  expect(repeatedOf(FORMER, 14)).toBe('Another one follows it. The last one is short.');
});

test('where no sentence fits it begins with a word, and with nothing where no word fits', () => {
  expect(repeatedOf(FORMER, 3)).toBe('is short.');
  expect(repeatedOf(FORMER, 1)).toBe('');
  expect(repeatedOf(FORMER, 0)).toBe('');
});

test('the former chunk is never repeated whole', () => {
  expect(repeatedOf(FORMER, 1000)).toBe('Another one follows it. The last one is short.');
  expect(repeatedOf('Alone', 1000)).toBe('');
});

test('scripts without spaces are cut between characters, at a sentence where one fits', () => {
  expect(repeatedOf('我们在北京的办公室。每天九点开门。', 12)).toBe('每天九点开门。');
});
