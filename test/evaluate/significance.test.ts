import { describe, expect, test } from 'vitest';
import { createRandom } from '../../src/evaluate/random.ts';
import { bootstrapInterval, compare, holm, randomizationTest } from '../../src/evaluate/significance.ts';

describe('the randomisation test', () => {
  test('of four equal gains: 2 of the 16 sign patterns are as far from zero', () => {
    expect(randomizationTest([1, 1, 1, 1])).toBeCloseTo(2 / 16, 1);
  });

  test('of one large gain and three small losses: every pattern that keeps the large one is as far', () => {
    // Sums of ±8 ±1 ±1 ±1; seen 5. |sum| >= 5 in all 16.
    expect(randomizationTest([8, -1, -1, -1])).toBe(1);
    // Seen 9: |sum| >= 9 for 8+1+1-1 (3 of 8) and 8+1+1+1 (1 of 8).
    expect(randomizationTest([8, 1, 1, -1])).toBeCloseTo(0.5, 1);
  });

  test('without a difference nothing is significant, and nothing has p = 0', () => {
    expect(randomizationTest([0, 0, 0])).toBe(1);
    expect(randomizationTest([])).toBe(1);
    expect(randomizationTest(new Array(60).fill(0.3), 10_000)).toBeCloseTo(1 / 10_001, 9);
  });

  test('gives the same value every time, and for the opposite differences', () => {
    const random = createRandom(3);
    const differences = Array.from({ length: 40 }, () => random() - 0.4);
    const p = randomizationTest(differences);
    expect(randomizationTest(differences)).toBe(p);
    expect(randomizationTest(differences.map((difference) => -difference))).toBe(p);
  });

  test('chance alone is called significant about as often as the level says', () => {
    const random = createRandom(11);
    const trials = 400;
    let significant = 0;
    for (let trial = 0; trial < trials; trial++) {
      const differences = Array.from({ length: 30 }, () => random() - random());
      if (randomizationTest(differences, 400, trial) < 0.05) significant++;
    }
    expect(significant / trials).toBeGreaterThan(0.02);
    expect(significant / trials).toBeLessThan(0.085);
  });
});

test('the bootstrap interval holds the mean, and is as wide as the normal one', () => {
  const random = createRandom(5);
  const values = Array.from({ length: 200 }, () => random());
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length);
  const [low, high] = bootstrapInterval(values);
  const half = (1.96 * deviation) / Math.sqrt(values.length);
  expect(low).toBeCloseTo(mean - half, 2);
  expect(high).toBeCloseTo(mean + half, 2);
  expect(bootstrapInterval([0.5, 0.5])).toEqual([0.5, 0.5]);
  expect(bootstrapInterval([])).toEqual([0, 0]);
});

test('Holm multiplies the smallest by n, the next by n - 1, and keeps the order', () => {
  const corrected = holm([0.01, 0.04, 0.03, 0.005]);
  [0.03, 0.06, 0.06, 0.02].forEach((value, i) => void expect(corrected[i]).toBeCloseTo(value, 12));
  expect(holm([0.6, 0.7])).toEqual([1, 1]);
  expect(holm([])).toEqual([]);
});

test('a comparison counts wins, losses and ties, and takes lists of one length only', () => {
  expect(compare([1, 0.5, 0, 0.2], [0, 0.5, 1, 0.1])).toMatchObject({ wins: 2, losses: 1, ties: 1 });
  expect(compare([1, 0.5, 0, 0.2], [0, 0.5, 1, 0.1]).difference).toBeCloseTo(0.025, 12);
  expect(() => compare([1], [])).toThrow(RangeError);
});
