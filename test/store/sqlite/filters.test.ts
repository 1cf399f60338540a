import { describe, expect, test } from 'vitest';
import type { SearchFilter } from '../../../src/domain/search.ts';
import type { Store } from '../../../src/store/types.ts';
import { addSamples, pathsOf, type Sample, turned } from '../sample-document.ts';
import { openTemporaryStore } from '../temporary-store.ts';

const words = { terms: ['shared'], phrases: [] };
const grams = { terms: ['東京'], phrases: [] };

const sampleStore = (samples: readonly Sample[], collection?: string): Store => {
  const store = openTemporaryStore();
  addSamples(
    store,
    samples.map((sample) => ({ vector: turned(10), ...sample })),
    collection,
  );
  return store;
};

/** Paths that pass the filter, which must be the same for every way to ask. */
function passing(store: Store, filter: SearchFilter): string[] {
  const listed = store
    .documents(filter, 1000, 0)
    .map(({ path }) => path)
    .sort();
  for (const rows of [
    store.searchWords(words, 1000, filter),
    store.searchGrams(grams, 1000, filter),
    store.searchVectors(turned(0), 1000, filter),
  ]) {
    expect(pathsOf(store, rows).sort()).toEqual(listed);
  }
  return listed;
}

const text = 'shared words 東京';

describe('paths', () => {
  const store = () =>
    sampleStore([
      { path: 'readme.md', text },
      { path: 'docs/guide.md', text },
      { path: 'docs/deep/er/notes.txt', text },
      { path: 'src/docs/api.md', text },
      { path: 'docstring/a.md', text },
      { path: '.hidden/secret.md', text },
      { path: 'odd/[draft] (1).md', text },
      { path: 'häuser/übersicht.md', text },
      { path: 'https://example.org/guide/start', uri: 'https://example.org/guide/start', text },
      { path: 'https://example.org/guidelines', uri: 'https://example.org/guidelines', text },
    ]);

  const cases: readonly [pattern: string, paths: readonly string[]][] = [
    ['readme.md', ['readme.md']],
    ['*.txt', ['docs/deep/er/notes.txt']],
    ['docs', ['docs/deep/er/notes.txt', 'docs/guide.md', 'src/docs/api.md']],
    ['docs/', ['docs/deep/er/notes.txt', 'docs/guide.md', 'src/docs/api.md']],
    ['./docs/deep', ['docs/deep/er/notes.txt']],
    ['docs/*.md', ['docs/guide.md']],
    ['docs/**', ['docs/deep/er/notes.txt', 'docs/guide.md']],
    ['**/docs/**', ['docs/deep/er/notes.txt', 'docs/guide.md', 'src/docs/api.md']],
    [
      '*.{md,txt}',
      [
        '.hidden/secret.md',
        'docs/deep/er/notes.txt',
        'docs/guide.md',
        'docstring/a.md',
        'häuser/übersicht.md',
        'odd/[draft] (1).md',
        'readme.md',
        'src/docs/api.md',
      ],
    ],
    ['.hidden', ['.hidden/secret.md']],
    ['odd/[draft] (1).md', ['odd/[draft] (1).md']],
    ['[draft] (1).md', ['odd/[draft] (1).md']],
    ['übersicht.md', ['häuser/übersicht.md']],
    ['häuser', ['häuser/übersicht.md']],
    ['/root/docs', ['docs/deep/er/notes.txt', 'docs/guide.md']],
    ['/root/docs/guide.md', ['docs/guide.md']],
    ['/root/**/*.txt', ['docs/deep/er/notes.txt']],
    ['https://example.org/guide', ['https://example.org/guide/start']],
    ['https://example.org/guide/', ['https://example.org/guide/start']],
    ['https://example.org/guid*', ['https://example.org/guide/start', 'https://example.org/guidelines']],
    ['https://example.org/**', ['https://example.org/guide/start', 'https://example.org/guidelines']],
    ['nothing', []],
  ];

  test.each(cases)('%s', (pattern, paths) => {
    expect(passing(store(), { paths: [pattern] })).toEqual(paths);
  });

  test('several patterns are alternatives', () => {
    expect(passing(store(), { paths: ['readme.md', '*.txt'] })).toEqual(['docs/deep/er/notes.txt', 'readme.md']);
  });

  test('patterns that are no globs match nothing or all, and never throw', () => {
    const opened = store();
    for (const pattern of [
      '',
      '/',
      '.',
      './',
      '[',
      '(',
      '{',
      '!(',
      '\\',
      '*'.repeat(300),
      '('.repeat(1000),
      'a'.repeat(100_000),
      '\0',
    ]) {
      expect(() => passing(opened, { paths: [pattern] }), JSON.stringify(pattern.slice(0, 20))).not.toThrow();
    }
  });
});

describe('dates', () => {
  const moments = {
    'last of 2024': '2024-12-31T23:59:59.999Z',
    'first of 2025': '2025-01-01T00:00:00.000Z',
    'end of february': '2025-02-28T23:59:59.999Z',
    'first of march': '2025-03-01T00:00:00.000Z',
    'noon of march 15': '2025-03-15T12:00:00.000Z',
    'last of 2025': '2025-12-31T23:59:59.999Z',
    'first of 2026': '2026-01-01T00:00:00.000Z',
  };
  type Name = keyof typeof moments | 'undated';
  const store = () =>
    sampleStore([
      ...Object.entries(moments).map(([path, modifiedAt]) => ({ path, modifiedAt, text })),
      { path: 'undated', modifiedAt: null, text },
    ]);

  const cases: readonly [since: string | undefined, until: string | undefined, paths: readonly Name[]][] = [
    ['2025', '2025', ['end of february', 'first of 2025', 'first of march', 'last of 2025', 'noon of march 15']],
    ['2025-02', '2025-03', ['end of february', 'first of march', 'noon of march 15']],
    ['2025-03-01', '2025-03-15', ['first of march', 'noon of march 15']],
    ['2025-03-15', '2025-03-15', ['noon of march 15']],
    ['2025-12', undefined, ['first of 2026', 'last of 2025']],
    [undefined, '2024', ['last of 2024']],
    [undefined, '2025-02', ['end of february', 'first of 2025', 'last of 2024']],
    [
      undefined,
      '2025-12',
      ['end of february', 'first of 2025', 'first of march', 'last of 2024', 'last of 2025', 'noon of march 15'],
    ],
    ['2026', undefined, ['first of 2026']],
    ['2025-03-15T12:00:00Z', '2025-03-15T12:00:00Z', ['noon of march 15']],
    ['2025-03-15T12:00:00.000Z', '2025-03-15T12:00:00.000Z', ['noon of march 15']],
    ['2025-03-15T12:00Z', '2025-03-15T12:00Z', ['noon of march 15']],
    ['2025-03-15T13:00:00+01:00', '2025-03-15T07:00:00-05:00', ['noon of march 15']],
    ['2025-03-15T12:00:00.001Z', '2025-03-16', []],
    ['2025-03-15 12:00:00Z', '2025-03-15 12:00:00Z', ['noon of march 15']],
    ['2027', '2024', []],
  ];

  test.each(cases)('since %s until %s', (since, until, paths) => {
    expect(passing(store(), { since, until })).toEqual(paths);
  });

  test('a date and time without a zone is read as UTC, as dates of documents are', () => {
    expect(passing(store(), { since: '2025-03-15T12:00', until: '2025-03-15T12:00' })).toEqual(['noon of march 15']);
  });

  test('what is no date is refused', () => {
    const opened = store();
    for (const nonsense of ['yesterday', '2025-13', '2025-02-30x', '20250315', '2025-3-1']) {
      expect(() => opened.documents({ since: nonsense }, 10, 0), nonsense).toThrow(
        expect.objectContaining({ code: 'USAGE' }),
      );
      expect(() => opened.documents({ until: nonsense }, 10, 0), nonsense).toThrow(
        expect.objectContaining({ code: 'USAGE' }),
      );
    }
  });
});

describe('collections, types and tags', () => {
  test('of several collections or types one suffices, of several tags all are needed', () => {
    const store = openTemporaryStore();
    addSamples(store, [{ path: 'a', text, type: 'md', tags: ['red', 'blue'], vector: turned(10) }], 'one');
    addSamples(store, [{ path: 'b', text, type: 'pdf', tags: ['red'], vector: turned(10) }], 'two');
    addSamples(store, [{ path: 'c', text, type: 'txt', tags: [], vector: turned(10) }], 'three');
    expect(passing(store, {})).toEqual(['a', 'b', 'c']);
    expect(passing(store, { collections: ['one'] })).toEqual(['a']);
    expect(passing(store, { collections: ['one', 'three', 'absent'] })).toEqual(['a', 'c']);
    expect(passing(store, { collections: [] })).toEqual(['a', 'b', 'c']);
    expect(passing(store, { types: ['md', 'txt'] })).toEqual(['a', 'c']);
    expect(passing(store, { types: ['PDF'] })).toEqual(['b']);
    expect(passing(store, { tags: ['red'] })).toEqual(['a', 'b']);
    expect(passing(store, { tags: ['red', 'blue'] })).toEqual(['a']);
    expect(passing(store, { tags: ["' OR 1=1 --"] })).toEqual([]);
    expect(passing(store, { collections: ['one', 'two'], types: ['pdf'], tags: ['red'], paths: ['b'] })).toEqual(['b']);
    expect(passing(store, { collections: ['one'], types: ['pdf'] })).toEqual([]);
  });
});

describe('filters come before the nearest are taken', () => {
  /** 300 near passages outside of the filter, and 12 far ones inside. */
  const store = () => {
    const opened = openTemporaryStore();
    const samples = (count: number, from: string, degrees: number): Sample[] =>
      Array.from({ length: count }, (_, i) => ({
        path: `${from}/${i}`,
        text: `${text} ${from} ${i}`,
        vector: turned(degrees + (i % 30)),
        tags: [from],
      }));
    addSamples(opened, samples(300, 'near', 0), 'near');
    addSamples(opened, samples(12, 'far', 60), 'far');
    return opened;
  };

  test.each([
    { collections: ['far'] },
    { tags: ['far'] },
    { paths: ['far'] },
    { paths: ['far/**'], collections: ['far'] },
  ] satisfies SearchFilter[])('the 10 nearest of %j are found though 300 others are nearer', (filter) => {
    const opened = store();
    const found = opened.searchVectors(turned(0), 10, filter);
    expect(found).toHaveLength(10);
    expect(pathsOf(opened, found)).toEqual(Array.from({ length: 10 }, (_, i) => `far/${i}`));
    expect(opened.searchWords(words, 10, filter)).toHaveLength(10);
    expect(opened.searchGrams(grams, 10, filter)).toHaveLength(10);
  });

  test('with and without a filter the same passages have the same order and score', () => {
    const opened = store();
    const every = opened.searchVectors(turned(0), 400, {});
    const both = opened.searchVectors(turned(0), 400, { collections: ['near', 'far'] });
    expect(every).toHaveLength(312);
    expect(both.map(({ row }) => row)).toEqual(every.map(({ row }) => row));
    for (const [i, { score }] of every.entries()) expect(both[i]!.score).toBeCloseTo(score, 2);
  });

  test('more neighbours than sqlite-vec allows are not asked of it', () => {
    expect(store().searchVectors(turned(0), 100_000, { collections: ['far'] })).toHaveLength(12);
  });
});
