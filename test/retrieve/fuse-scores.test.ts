import { describe, expect, test } from 'vitest';
import { addScores, type FusionInput, fuseScores, type Leg } from '../../src/retrieve/fuse-scores.ts';
import { createRandom } from '../chunk/markdown-like.ts';

type Scores = Readonly<Record<number, number>>;

const leg = (list: Leg['list'], scores: Scores): Leg => ({
  list,
  rows: Object.entries(scores)
    .map(([row, score]) => ({ row: Number(row), score }))
    .sort((a, b) => b.score - a.score || a.row - b.row),
});

/** As retrieve calls it: words from the lexical legs, cosines from the vector leg. */
function fuse(parts: { words?: Scores; grams?: Scores; cosines?: Scores; also?: Scores; vectorWeight?: number }) {
  const lexical = [leg('lexical', parts.words ?? {}), leg('trigram', parts.grams ?? {})];
  const vector = leg('vector', parts.cosines ?? {});
  const input: FusionInput = {
    legs: [...lexical, ...(parts.cosines ? [vector] : [])],
    words: addScores(lexical),
    cosines: new Map([
      ...vector.rows.map(({ row, score }) => [row, score] as const),
      ...Object.entries(parts.also ?? {}).map(([row, score]) => [Number(row), score] as const),
    ]),
    vectorWeight: parts.vectorWeight ?? 0.5,
  };
  return fuseScores(input);
}

const scoresOf = (candidates: ReturnType<typeof fuse>) =>
  candidates.map(({ row, score }) => [row, Number(score.toFixed(6))]);

describe('worked by hand', () => {
  test('nothing in, nothing out', () => expect(fuse({})).toEqual([]));

  test('one leg of words: shares of the best', () => {
    expect(scoresOf(fuse({ words: { 1: 4, 2: 1, 3: 8 } }))).toEqual([
      [3, 1],
      [1, 0.5],
      [2, 0.125],
    ]);
  });

  test('one element has the score 1', () => expect(scoresOf(fuse({ words: { 7: 0.01 } }))).toEqual([[7, 1]]));

  test('vectors alone: the cosine itself, whatever the weight', () => {
    const found = fuse({ cosines: { 1: 0.9, 2: 0.3, 3: -0.2 }, vectorWeight: 0.1 });
    expect(scoresOf(found)).toEqual([
      [1, 0.9],
      [2, 0.3],
      [3, 0],
    ]);
  });

  test('both: words share plus half the cosine', () => {
    expect(scoresOf(fuse({ words: { 1: 10, 2: 5 }, cosines: { 2: 0.8, 3: 0.6 } }))).toEqual([
      [1, 1],
      [2, 0.9],
      [3, 0.3],
    ]);
  });

  test('a cosine that is known of a row outside of the vector list counts', () => {
    expect(scoresOf(fuse({ words: { 1: 10, 2: 10 }, cosines: { 3: 0.9 }, also: { 2: 0.4 } }))).toEqual([
      [2, 1.2],
      [1, 1],
      [3, 0.45],
    ]);
  });

  test('words and n-grams of one row add up before they are compared', () => {
    expect(scoresOf(fuse({ words: { 1: 3, 2: 4 }, grams: { 1: 5 } }))).toEqual([
      [1, 1],
      [2, 0.5],
    ]);
  });

  test('a negative cosine takes nothing away', () => {
    expect(scoresOf(fuse({ words: { 1: 2 }, cosines: { 1: -0.9, 2: -0.1 } }))).toEqual([
      [1, 1],
      [2, 0],
    ]);
  });

  test('ties are in the order of rows', () => {
    expect(scoresOf(fuse({ words: { 9: 1, 3: 1, 5: 1 } })).map(([row]) => row)).toEqual([3, 5, 9]);
  });

  test('each leg says its rank and raw score, in the order of the legs', () => {
    const [first] = fuse({ words: { 1: 4, 2: 8 }, grams: { 1: 5 }, cosines: { 2: 0.7, 1: 0.6 } });
    expect(first).toMatchObject({
      row: 1,
      signals: [
        { list: 'lexical', rank: 2, raw: 4 },
        { list: 'trigram', rank: 1, raw: 5 },
        { list: 'vector', rank: 2, raw: 0.6 },
      ],
    });
  });
});

describe('for random lists', () => {
  const random = createRandom(5);
  const scores = (most: number, top: number): Scores =>
    Object.fromEntries(Array.from({ length: random(most) }, () => [1 + random(30), (1 + random(1000)) * (top / 1000)]));
  const rounds = Array.from({ length: 200 }, () => ({
    words: scores(20, 25),
    grams: scores(5, 10),
    cosines: scores(20, 1),
  }));

  test('each row of each leg is there once, best first', () => {
    for (const round of rounds) {
      const found = fuse(round);
      const rows = [round.words, round.grams, round.cosines].flatMap((part) => Object.keys(part).map(Number));
      expect(found.map(({ row }) => row).sort((a, b) => a - b)).toEqual([...new Set(rows)].sort((a, b) => a - b));
      expect([...found].sort((a, b) => b.score - a.score || a.row - b.row)).toEqual(found);
    }
  });

  test('the vector leg only ever lifts: no row scores less than by words alone', () => {
    for (const { words, grams, cosines } of rounds) {
      const alone = new Map(scoresOf(fuse({ words, grams })) as [number, number][]);
      const both = new Map(scoresOf(fuse({ words, grams, cosines })) as [number, number][]);
      for (const [row, score] of alone) expect(both.get(row)).toBeGreaterThanOrEqual(score);
    }
  });

  test('the order of the rows of a leg and the scale of the words do not matter', () => {
    for (const { words, grams, cosines } of rounds) {
      const scaled = (part: Scores) =>
        Object.fromEntries(Object.entries(part).map(([row, score]) => [row, score * 17]));
      const order = (found: ReturnType<typeof fuse>) => scoresOf(found);
      expect(order(fuse({ words: scaled(words), grams: scaled(grams), cosines }))).toEqual(
        order(fuse({ words, grams, cosines })),
      );
    }
  });
});
