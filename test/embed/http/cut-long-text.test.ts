import { expect, test } from 'vitest';
import { cutAgain, cutToTokens } from '../../../src/embed/http/cut-long-text.ts';

test('a refused text gets shorter until it is hardly one, and no character is cut in two', () => {
  let text: string | null = '🙂'.repeat(500);
  const lengths: number[] = [];
  for (let cuts = 0; text !== null; cuts++) {
    expect(text).not.toMatch(/[\ud800-\udbff](?![\udc00-\udfff])/);
    lengths.push(text.length);
    text = cutAgain(text, cuts);
  }
  expect(lengths).toEqual([...lengths].sort((a, b) => b - a));
  expect(lengths.at(-1)).toBeLessThanOrEqual(32);
});

test('a token is four characters of Latin script, or one of another', () => {
  expect(cutToTokens('word '.repeat(4), 5)).toBe('word '.repeat(4));
  expect(cutToTokens('word '.repeat(5), 5)).toBe('word '.repeat(4));
  expect(cutToTokens('東京都庁', 2)).toBe('東京');
});
