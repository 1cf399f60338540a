import { expect, test } from 'vitest';
import { parseQuery } from '../../../src/retrieve/parse-query.ts';
import type { Store } from '../../../src/store/types.ts';
import { createRandom } from '../../chunk/markdown-like.ts';
import { addSamples, pathsOf } from '../sample-document.ts';
import { openTemporaryStore } from '../temporary-store.ts';

const HOSTILE = [
  '"',
  '""',
  '"""',
  '" OR 1',
  '"unclosed phrase',
  '*',
  'alpha*',
  '^alpha',
  '-alpha',
  'alpha AND',
  'AND OR NOT',
  'NEAR(alpha beta, 3)',
  'NEAR',
  'title:alpha',
  'body : alpha',
  '{title body}: alpha',
  '(alpha',
  'alpha)',
  '()',
  'alpha + beta',
  "'; DROP TABLE chunks; --",
  '\\',
  '\0',
  'alpha\0beta',
  '"alpha\0beta"',
  '"\0"',
  '😀',
  '"😀"',
  '👩‍👩‍👧‍👦 family',
  '\ud800',
  'alpha\udc00',
  '"\ud800"',
  '"alpha\ud83d"',
  '\u202ealpha',
  '\ufeffalpha',
  '%_',
  '?1 :name @x $y',
  'ﷺ',
  '\u0301',
  '"\u0301"',
  '東"京',
  '"東"',
  '"東 alpha"',
  'alpha"beta"gamma',
  'a'.repeat(100_000),
  '茶'.repeat(100_000),
  Array.from({ length: 10_000 }, (_, i) => `word${i}`).join(' '),
  Array.from({ length: 10_000 }, (_, i) => `"p${i} q"`).join(' '),
  Array.from({ length: 3_000 }, () => 'camelCaseWord').join(' '),
];

const sampleStore = (): Store => {
  const store = openTemporaryStore();
  addSamples(store, [
    { path: 'alpha', text: 'alpha beta 東京 茶' },
    { path: 'other', text: 'gamma delta' },
  ]);
  return store;
};

test('no query throws, in its parsed or its raw form', () => {
  const store = sampleStore();
  for (const query of HOSTILE) {
    const name = JSON.stringify(query.slice(0, 60));
    const forms = [
      parseQuery(query),
      { terms: [query], phrases: [] },
      { terms: [], phrases: [query] },
      { terms: [query], phrases: [query] },
    ];
    for (const form of forms) {
      expect(() => store.searchWords(form, 10, {}), `words for ${name}`).not.toThrow();
      expect(() => store.searchGrams(form, 10, {}), `grams for ${name}`).not.toThrow();
    }
    expect(() => store.wordsContaining(query, 5), `words containing ${name}`).not.toThrow();
    expect(() => store.findDocuments(query, 5), `documents named ${name}`).not.toThrow();
  }
  expect(store.checkIntegrity()).toEqual([]);
});

test('search words that look like operators are looked for as words', () => {
  const store = openTemporaryStore();
  addSamples(store, [
    { path: 'near', text: 'stand NEAR the door' },
    { path: 'and', text: 'this AND that' },
    { path: 'alpha', text: 'alpha' },
  ]);
  const find = (...terms: string[]) => pathsOf(store, store.searchWords({ terms, phrases: [] }, 10, {})).sort();
  expect(find('NEAR')).toEqual(['near']);
  expect(find('AND', 'alpha')).toEqual(['alpha', 'and']);
  expect(find('alph*')).toEqual([]);
});

test('random strings of separators, quotes and letters never throw', () => {
  const store = sampleStore();
  const pieces = [
    '"',
    "'",
    '*',
    '^',
    '(',
    ')',
    '-',
    '+',
    ':',
    '{',
    '}',
    ' ',
    '\0',
    '\n',
    'alpha',
    'AND',
    'NEAR',
    '東京',
    'ชา',
    '\ud83d',
    '\ude00',
    'é',
    '\u0301',
    '«',
    '»',
    '“',
    '”',
    'aB',
    '1',
  ];
  const random = createRandom(7);
  for (let round = 0; round < 400; round++) {
    const query = Array.from({ length: 1 + random(14) }, () => pieces[random(pieces.length)]).join('');
    const parsed = parseQuery(query);
    expect(
      () => [store.searchWords(parsed, 5, {}), store.searchGrams(parsed, 5, {})],
      JSON.stringify(query),
    ).not.toThrow();
    const raw = { terms: query.split(' '), phrases: [query] };
    expect(() => [store.searchWords(raw, 5, {}), store.searchGrams(raw, 5, {})], JSON.stringify(query)).not.toThrow();
  }
});

test('hostile text can be put, found, read back and removed', () => {
  const store = openTemporaryStore();
  const texts = HOSTILE.map((text) => text.slice(0, 5000)).filter(
    (text) => text !== '' && !/[\ud800-\udfff]/.test(text.replace(/[\ud800-\udbff][\udc00-\udfff]/g, '')),
  );
  addSamples(
    store,
    texts.map((text, i) => ({ path: `p${i}`, text, title: text.slice(0, 80), tags: [text.slice(0, 20)] })),
  );
  expect(
    store
      .documents({}, 100, 0)
      .map(({ source }) => store.documentText(source.documentId))
      .sort(),
  ).toEqual([...texts].sort());
  expect(store.checkIntegrity()).toEqual([]);
  store.write((writer) => writer.removeDocuments(store.documents({}, 100, 0).map(({ row }) => row)));
  expect(store.counts()).toMatchObject({ documents: 0, chunks: 0 });
  expect(store.checkIntegrity()).toEqual([]);
});
