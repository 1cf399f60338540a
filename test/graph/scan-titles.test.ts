import { expect, test } from 'vitest';
import { indexTitles, scanTitles, type TitleIndex } from '../../src/graph/scan-titles.ts';

const said = (text: string, titles: readonly string[]): string[] =>
  scanTitles(text, indexTitles(titles)).map(({ start, end }) => text.slice(start, end));

test('of titles that begin alike the longest is taken, whatever their order', () => {
  const titles = ['Leave policy', 'Leave policy for contractors', 'Leave'];
  for (const order of [titles, titles.toReversed()]) {
    expect(said('see leave policy for contractors, the Leave Policy, and Leave', order)).toEqual([
      'leave policy for contractors',
      'Leave Policy',
      'Leave',
    ]);
  }
});

test('a title of one word needs a capital, one at the end of the text needs all its words', () => {
  expect(said('we leave; the leave', ['Leave', 'Leave policy'])).toEqual([]);
  expect(said('the Leave', ['Leave', 'Leave policy'])).toEqual(['Leave']);
});

test('what stands in parentheses at the end of a title may be left out', () =>
  expect(said('in Maria Rossi we read of maria rossi (singer)', ['Maria Rossi (singer)'])).toEqual([
    'Maria Rossi',
    'maria rossi (singer',
  ]));

test('a place is looked up once for each length of title, however many titles there are', () => {
  const titles = Array.from({ length: 3000 }, (_, n) => `Report ${n}${n % 3 === 0 ? ' final' : ''}`);
  let lookups = 0;
  const counting: TitleIndex = new Map(
    [...indexTitles(titles)].map(([first, { rests, counts }]) => {
      const counted = new Set(rests);
      counted.has = (rest) => {
        lookups++;
        return rests.has(rest);
      };
      return [first, { rests: counted, counts }];
    }),
  );
  expect(scanTitles('report unknown '.repeat(500), counting)).toEqual([]);
  expect(lookups).toBeLessThanOrEqual(1000);
  expect(scanTitles('report 9 final', counting)).toHaveLength(1);
});
