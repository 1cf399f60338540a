import { expect, test } from 'vitest';
import { addAgreementScores } from '../../src/retrieve/add-agreement-scores.ts';
import type { StoredChunk } from '../../src/store/types.ts';

const texts: Readonly<Record<number, string>> = { 1: 'The key.', 2: 'The spare key.', 3: 'Nothing of the sort.' };
const store = {
  chunks: (rows: readonly number[]) =>
    new Map(
      rows.flatMap((row) =>
        texts[row] ? [[row, { row, chunk: { text: texts[row] }, document: { title: '' } } as StoredChunk]] : [],
      ),
    ),
  wordCounts: () => ({ passages: 1, withWord: new Map() }),
};
const candidates = [1, 2, 3].map((row) => ({ row, score: 1, signals: [] }));
const add = (coverageWeight: number, proximityWeight: number, terms = ['spare', 'key'], of = candidates) =>
  addAgreementScores(of, terms, { store, parameters: { coverageWeight, proximityWeight, nameWeight: 0 } });

test('score plus weighted coverage plus weighted nearness, by hand', () =>
  expect(add(0.3, 0.2).map(({ row, score }) => [row, Number(score.toFixed(4))])).toEqual([
    [2, 1.7],
    [1, 1.15],
    [3, 1],
  ]));

test('what it adds stands in the signals, ranked', () => {
  const [second, first, third] = add(0.3, 0.2);
  expect(second?.signals).toEqual([{ list: 'agreement', rank: 1, raw: expect.closeTo(0.7) }]);
  expect(first?.signals).toEqual([{ list: 'agreement', rank: 2, raw: expect.closeTo(0.15) }]);
  expect(third?.signals).toEqual([]);
});

test.each([
  ['weights of 0', () => add(0, 0)],
  ['no words', () => add(0.3, 0.2, [])],
])('%s leave everything as it was', (_, run) => expect(run()).toEqual(candidates));

test('a passage that has gone meanwhile keeps its score', () =>
  expect(
    add(0.3, 0.2, ['key'], [...candidates, { row: 9, score: 2, signals: [] }]).find(({ row }) => row === 9),
  ).toEqual({ row: 9, score: 2, signals: [] }));

test('of source code, the passage that defines what is asked for comes before one that uses it', () => {
  const passage = (row: number, headingPath: readonly string[], type: string) =>
    [
      row,
      { row, chunk: { text: 'parseConfig(text)', headingPath }, document: { title: '', type } } as StoredChunk,
    ] as const;
  const stored = new Map([
    passage(1, ['main'], 'code'),
    passage(2, ['parseConfig'], 'code'),
    passage(3, ['parseConfig'], 'md'),
  ]);
  const ranked = addAgreementScores(candidates, ['parseConfig'], {
    store: { ...store, chunks: () => stored },
    parameters: { coverageWeight: 0, proximityWeight: 0, nameWeight: 1 },
  });
  expect(ranked.map(({ row, score }) => [row, score])).toEqual([
    [2, 2],
    [1, 1],
    [3, 1],
  ]);
});

test('only the best 30 are compared', () => {
  const many = Array.from({ length: 40 }, (_, i) => ({ row: 2, score: 40 - i, signals: [] }));
  expect(add(0.3, 0.2, ['key'], many).filter(({ signals }) => signals.length > 0)).toHaveLength(30);
});
