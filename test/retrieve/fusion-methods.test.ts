import { describe, expect, test } from 'vitest';
import {
  type FusionMethod,
  fuseDistributions,
  fuseMinMax,
  fuseReciprocalRanks,
  fuseRelative,
} from '../../src/retrieve/fusion-methods.ts';
import { createRandom } from '../chunk/markdown-like.ts';

type Scores = Readonly<Record<number, number>>;

const listOf = (scores: Scores, weight = 1) => ({
  scores: new Map(Object.entries(scores).map(([row, score]) => [Number(row), score])),
  weight,
});

const fused = (method: FusionMethod, ...lists: readonly (readonly [Scores, number?])[]) =>
  Object.fromEntries(
    [...method(lists.map(([scores, weight]) => listOf(scores, weight)))].map(([row, score]) => [
      row,
      Number(score.toFixed(6)),
    ]),
  );

describe('min-max', () => {
  test('scales each list to [0, 1] and adds', () => {
    // Words 4, 3, 2 -> 1, .5, 0; cosines .9, .5 at weight .5 -> .5, 0.
    expect(fused(fuseMinMax, [{ 1: 4, 2: 3, 3: 2 }], [{ 2: 0.9, 4: 0.5 }, 0.5])).toEqual({ 1: 1, 2: 1, 3: 0, 4: 0 });
  });
  test('ties stay ties', () => expect(fused(fuseMinMax, [{ 1: 4, 2: 4, 3: 2 }])).toEqual({ 1: 1, 2: 1, 3: 0 }));
  test('without spread all are the best', () =>
    expect(fused(fuseMinMax, [{ 1: 2, 2: 2 }, 0.5])).toEqual({ 1: 0.5, 2: 0.5 }));
  test('one element', () => expect(fused(fuseMinMax, [{ 7: -3 }])).toEqual({ 7: 1 }));
  test('an empty list adds nothing', () => expect(fused(fuseMinMax, [{ 1: 4, 2: 2 }], [{}])).toEqual({ 1: 1, 2: 0 }));
});

describe('relative to the best', () => {
  test('divides by the best and adds', () => {
    // 4/4, 3/4, 2/4; .8/.8 * .5, .4/.8 * .5.
    expect(fused(fuseRelative, [{ 1: 4, 2: 3, 3: 2 }], [{ 2: 0.8, 4: 0.4 }, 0.5])).toEqual({
      1: 1,
      2: 1.25,
      3: 0.5,
      4: 0.25,
    });
  });
  test('below nothing is nothing', () => expect(fused(fuseRelative, [{ 1: 0.5, 2: -0.5 }])).toEqual({ 1: 1, 2: 0 }));
  test('a best of nothing adds nothing', () => expect(fused(fuseRelative, [{ 1: 0, 2: -1 }])).toEqual({ 1: 0, 2: 0 }));
  test('ties and no spread', () => expect(fused(fuseRelative, [{ 1: 3, 2: 3 }])).toEqual({ 1: 1, 2: 1 }));
  test('one element, one empty list', () => expect(fused(fuseRelative, [{ 7: 3 }], [{}])).toEqual({ 7: 1 }));
});

describe('distribution-based', () => {
  test('places each score within three deviations around the mean', () => {
    // Mean 2, deviation of the sample 1: (3 - 2 + 3) / 6, (2 - 2 + 3) / 6, (1 - 2 + 3) / 6.
    expect(fused(fuseDistributions, [{ 1: 3, 2: 2, 3: 1 }])).toEqual({ 1: 0.666667, 2: 0.5, 3: 0.333333 });
    expect(fused(fuseDistributions, [{ 1: 3, 2: 2, 3: 1 }, 2], [{ 2: 30, 3: 20, 4: 10 }])).toEqual({
      1: 1.333333,
      2: 1.666667,
      3: 1.166667,
      4: 0.333333,
    });
  });
  test('ties stay ties', () => {
    // 3, 3, 0: mean 2, deviation sqrt(3).
    expect(fused(fuseDistributions, [{ 1: 3, 2: 3, 3: 0 }])).toEqual({ 1: 0.596225, 2: 0.596225, 3: 0.30755 });
  });
  test('no spread and one element are the middle', () => {
    expect(fused(fuseDistributions, [{ 1: 2, 2: 2 }])).toEqual({ 1: 0.5, 2: 0.5 });
    expect(fused(fuseDistributions, [{ 7: 9 }, 2], [{}])).toEqual({ 7: 1 });
  });
  test('far outside is cut', () => {
    const scores: Record<number, number> = { 0: 1000 };
    for (let row = 1; row <= 99; row++) scores[row] = 0;
    expect(fused(fuseDistributions, [scores])[0]).toBe(1);
  });
});

describe('reciprocal rank', () => {
  test('adds weight / (k + rank)', () => {
    // 1/61 + 0, 1/62 + .5/61, 0 + .5/62.
    expect(fused(fuseReciprocalRanks(60), [{ 1: 9, 2: 1 }], [{ 2: 0.3, 3: 0.1 }, 0.5])).toEqual({
      1: 0.016393,
      2: 0.024326,
      3: 0.008065,
    });
  });
  test('equal scores share the better rank, and the next one is as far down as there are rows before it', () => {
    expect(fused(fuseReciprocalRanks(0), [{ 1: 5, 2: 5, 3: 4 }])).toEqual({ 1: 1, 2: 1, 3: 0.333333 });
  });
  test('one element, one empty list', () =>
    expect(fused(fuseReciprocalRanks(9), [{ 7: -1 }], [{}])).toEqual({ 7: 0.1 }));
});

const METHODS: readonly (readonly [string, FusionMethod])[] = [
  ['min-max', fuseMinMax],
  ['relative', fuseRelative],
  ['distribution', fuseDistributions],
  ['reciprocal rank', fuseReciprocalRanks(60)],
];

describe.each(METHODS)('%s', (_, method) => {
  test('nothing gives nothing', () => {
    expect(method([])).toEqual(new Map());
    expect(method([listOf({}), listOf({})])).toEqual(new Map());
  });

  test('has every row once, never puts a better row of one list below a worse one, and ignores the order of lists', () => {
    const random = createRandom(11);
    for (let round = 0; round < 200; round++) {
      const scores = Object.fromEntries(Array.from({ length: 1 + random(20) }, () => [random(40), random(9) - 3]));
      const alone = method([listOf(scores)]);
      expect([...alone.keys()].sort()).toEqual(Object.keys(scores).map(Number).sort());
      for (const [a, scoreA] of Object.entries(scores))
        for (const [b, scoreB] of Object.entries(scores))
          if (scoreA > scoreB) expect(alone.get(Number(a))!).toBeGreaterThanOrEqual(alone.get(Number(b))!);
      const other = Object.fromEntries(Array.from({ length: random(20) }, () => [random(40), random(100) / 7]));
      const lists = [listOf(scores, 0.7), listOf(other, 0.2)];
      const forth = method(lists);
      const back = method([...lists].reverse());
      for (const [row, score] of forth) expect(back.get(row)).toBeCloseTo(score, 9);
      for (const score of forth.values()) expect(Number.isFinite(score)).toBe(true);
    }
  });
});
