import { expect, test } from 'vitest';
import { addSamples, pathsOf } from '../sample-document.ts';
import { openTemporaryStore } from '../temporary-store.ts';

const samples = [
  { path: 'a.txt', title: 'Parental leave', text: 'Leave is 26 weeks for each parent.' },
  { path: 'b.txt', text: 'Parents leave the building at six.\n\nNothing here.' },
  { path: 'c.txt', text: 'Weeks of rain.' },
  { path: 'd.txt', text: '育児休暇は二十六週間です。' },
];

test('rows are scored as a search scores them, and those that it would not find are left out', () => {
  const store = openTemporaryStore();
  addSamples(store, samples);
  const query = { terms: ['parental', 'leave', 'weeks'], phrases: [] };
  const found = store.searchWords(query, 10, {});
  expect(pathsOf(store, found)).toEqual(['a.txt', 'b.txt', 'c.txt']);
  const all = store.documents({}, 10, 0).flatMap(({ row }) => store.chunkRows(row));
  expect(all).toHaveLength(5);
  expect([...store.scoreWords(query, all)].sort()).toEqual(found.map(({ row, score }) => [row, score]).sort());
  const weights = { title: 10, headings: 1, body: 1 };
  expect(store.scoreWords(query, all, weights).get(found[0]!.row)).toBe(
    store.searchWords(query, 1, {}, weights)[0]?.score,
  );
  const grams = { terms: ['休暇'], phrases: [] };
  expect([...store.scoreGrams(grams, all)]).toEqual(
    store.searchGrams(grams, 9, {}).map((each) => [each.row, each.score]),
  );
});

test('what each word brings adds up to what all of them bring', () => {
  const store = openTemporaryStore();
  addSamples(store, samples);
  const terms = ['parental', 'leave', 'weeks'];
  const [best] = store.searchWords({ terms, phrases: [] }, 1, {});
  const single = terms.map((term) => store.scoreWords({ terms: [term], phrases: [] }, [best!.row]).get(best!.row) ?? 0);
  expect(single.reduce((sum, each) => sum + each, 0)).toBeCloseTo(best!.score, 10);
});

test('a word is found in the columns that have it or its like', () => {
  const store = openTemporaryStore();
  addSamples(store, samples);
  const [row] = store.chunkRows(store.findDocuments('a.txt', 1)[0]!.row) as [number];
  expect(store.wordPlaces(row, 'parents')).toEqual({ columns: ['title', 'body'], passages: 2 });
  expect(store.wordPlaces(row, 'rain')).toEqual({ columns: [], passages: 1 });
  expect(store.wordPlaces(row, 'NEAR(" OR *')).toEqual({ columns: [], passages: 0 });
  expect(store.wordPlaces(row, '休暇')).toEqual({ columns: [], passages: 0 });
});
