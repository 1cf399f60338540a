import { performance } from 'node:perf_hooks';
import { beforeEach, describe, expect, test } from 'vitest';
import type { Store } from '../../../src/store/types.ts';
import { createRandom } from '../../chunk/markdown-like.ts';
import { addSamples } from '../sample-document.ts';
import { openTemporaryStore, temporaryDatabasePath } from '../temporary-store.ts';

let store: Store;
let path: string;

beforeEach(() => {
  path = temporaryDatabasePath();
  store = openTemporaryStore(path);
  addSamples(store, [
    { path: 'a.md', text: 'Parental leave policies of the kitchen. Employees receive reimbursement.' },
    { path: 'b.md', text: 'The Parental policy again. Zürich is a Café city.' },
    { path: 'c.md', text: 'Отпуск сотрудника длится месяц. 東京の会議. The parent leaves.', title: 'Ytterbium' },
  ]);
});

describe('words that are near to a misspelt one', () => {
  test.each<[string, string]>([
    ['parentl', 'parental'],
    ['aprental', 'parental'],
    ['kitchn', 'kitchen'],
    ['kithcen', 'kitchen'],
    ['polcies', 'policies'],
    ['recieve', 'receive'],
    ['reimbursment', 'reimbursement'],
    ['employes', 'employees'],
    ['Ytterbum', 'ytterbium'],
    ['zurrich', 'zürich'],
    ['caffe', 'café'],
    ['отпусск', 'отпуск'],
  ])('%s: %s', (typed, expected) => {
    if (!store.knowsWord(typed)) expect(store.nearestWords(typed, 3)[0]).toBe(expected);
  });

  test.each(['xyzzyqq', '', 'ab', '4012', 'abc123', '東京', 'a'.repeat(1000), '\0', '"', 'le ave', "';--"])(
    'none for %j',
    (typed) => expect(store.nearestWords(typed, 3)).toEqual([]),
  );
});

test('a word is known in every form that the index takes for it', () => {
  for (const word of ['policy', 'POLICIES', 'Zurich', 'cafe', 'leaving', '東京', '', '?', 'the']) {
    expect(store.knowsWord(word), word).toBe(true);
  }
  for (const word of ['parentl', 'ytterbum', '4012']) expect(store.knowsWord(word), word).toBe(false);
});

test('a store that is open for reading only spells as well', () => {
  const reader = openTemporaryStore(path, { readOnly: true });
  expect(reader.nearestWords('kitchn', 1)).toEqual(['kitchen']);
});

test('among 50,000 words it takes less than half a second, and the more frequent of equally near ones comes first', () => {
  const random = createRandom(3);
  const letters = 'abcdefghijklmnopqrstuvwxyz';
  const word = () => Array.from({ length: 5 + random(6) }, () => letters[random(26)]).join('');
  const text = Array.from({ length: 50 }, () => Array.from({ length: 1000 }, word).join(' ')).join('\n\n');
  addSamples(store, [
    { path: 'many.txt', text },
    { path: 'often.txt', text: 'stationary goods\n\nstationary train\n\nstationery goods' },
  ]);
  store.nearestWords('warmup', 1);
  const started = performance.now();
  expect(store.nearestWords('stationury', 2)).toEqual(['stationary', 'stationery']);
  expect(performance.now() - started).toBeLessThan(500);
});

test('words that hold a text are shown as documents write them, with accents and endings', () => {
  addSamples(store, [{ path: 'd.md', text: 'Two footbridges were crossed by the école.' }]);
  expect(store.wordsContaining('tbridg', 5)).toEqual(['footbridges']);
  expect(store.wordsContaining('ecol', 5)).toEqual(['école']);
  expect(store.wordsContaining('mburs', 5)).toEqual(['reimbursement']);
});
