import { describe, expect, test } from 'vitest';
import { sketchSimilarity, textSketch } from '../../../src/understand/sketch/text-sketch.ts';
import { shingleHashes, shingleSimilarity, wordHashes } from '../../../src/understand/sketch/word-hashes.ts';
import { randomNumbers } from '../random-text.ts';

const words = (seed: number): string =>
  randomNumbers(seed, 5 + ((seed * 37) % 600), 5000)
    .map((number) => `w${number}`)
    .join(' ');
const estimate = (left: string, right: string): number =>
  sketchSimilarity(textSketch(left).bins as Uint16Array, textSketch(right).bins as Uint16Array);
const exact = (left: string, right: string): number =>
  shingleSimilarity(new Set(shingleHashes(wordHashes(left))), new Set(shingleHashes(wordHashes(right))));

describe('textSketch', () => {
  test('case, punctuation and white space make no difference', () => {
    const left = textSketch('The leave policy, as agreed: 24 days.');
    expect(textSketch('the  leave POLICY\nas agreed 24 days')).toEqual(left);
    expect(textSketch('the leave policy as agreed 25 days').words).not.toEqual(left.words);
  });
  test('a text without words has no bins', () => expect(textSketch(' — ').bins).toBeNull());
  test('a text is as like itself as can be, and likeness has no direction', () => {
    for (let seed = 1; seed < 40; seed++) {
      const [a, b] = [words(seed), words(seed + 100)];
      expect(estimate(a, a)).toBe(1);
      expect(estimate(a, b)).toBe(estimate(b, a));
    }
  });
  test('the estimate is near the share of common shingles, for short texts and long ones', () => {
    const of = (seed: number, length: number): string[] =>
      Array.from({ length }, (_, at) => `w${Math.imul(at + 1, seed) >>> 0}`);
    for (const length of [30, 200, 3000]) {
      const base = of(2654435761, length);
      const edited = base.map((each, at) => (at % Math.ceil(length / 5) === 0 ? `x${at}` : each));
      const [left, right] = [base.join(' '), edited.join(' ')];
      expect(Math.abs(estimate(left, right) - exact(left, right))).toBeLessThan(0.16);
      expect(estimate(left, of(40503, length).join(' '))).toBeLessThan(0.15);
    }
  });
});
