import { beforeEach, describe, expect, test } from 'vitest';
import type { KnowledgeBase, SearchOptions, SearchResult } from '../../../src/app/types.ts';
import { defaultSettings } from '../../../src/config/settings.ts';
import { createRandom } from '../../../src/evaluate/random.ts';
import { searchToJson } from '../../../src/present/json/v1/search.ts';
import { openRaw } from '../../store/temporary-store.ts';
import { finish, openTemporary, type TemporaryFolder, temporaryFolder } from '../temporary-knowledge-base.ts';

let folder: TemporaryFolder;
let knowledgeBase: KnowledgeBase;

const SUBJECTS = ['leave', 'travel', 'budget', 'office', 'dogs', 'pension'];
const text = (subject: string, figure: number): string =>
  `# ${subject}\n\nThe rules of ${subject} changed in ${2000 + figure}. ${subject} takes ${figure} days.\n\n## Who\n\nAsk for ${subject}.\n`;

beforeEach(async () => {
  folder = temporaryFolder(Object.fromEntries(SUBJECTS.map((subject, i) => [`${subject}.md`, text(subject, i + 1)])));
  knowledgeBase = await openTemporary();
  await finish(knowledgeBase.add(folder.path));
  // The first search after an ingest notes which documents name which.
  await knowledgeBase.search('leave');
});

/** What `rag search --json --explain` shows, without what took how long. */
const shown = (result: SearchResult): string =>
  JSON.stringify(searchToJson(result, { explain: true }), (key, value: unknown) =>
    key === 'elapsedMs' ? undefined : value,
  );
const counts = async () =>
  (await knowledgeBase.usage()).figures().caches.find(({ name }) => name === 'results') ?? { hits: -1, misses: -1 };

describe('a result that is taken from the cache', () => {
  test('is the one that would be found, whatever was written before: add, edit, remove, tag, rename, feedback', async () => {
    const random = createRandom(11);
    const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T;
    let collection = 'default';
    const writes: readonly (() => Promise<unknown>)[] = [
      async () => {
        folder.write({ [`${pick(SUBJECTS)}.md`]: text(pick(SUBJECTS), Math.floor(random() * 90)) });
        return finish(knowledgeBase.add(folder.path, { collection }));
      },
      async () => finish(knowledgeBase.add(folder.path, { collection, tags: [pick(['a', 'b'])] })),
      async () => {
        const documents = knowledgeBase.list();
        return documents.length > 2 ? knowledgeBase.remove(pick(documents).uri) : null;
      },
      async () => {
        const next = collection === 'default' ? 'work' : 'default';
        knowledgeBase.renameCollection(collection, next);
        collection = next;
      },
      async () => {
        const { hits } = await knowledgeBase.search(pick(SUBJECTS));
        return hits[0] ? (await knowledgeBase.usage()).pick('q', hits[0]) : null;
      },
      async () => knowledgeBase.setTuning({ vectorWeight: Math.round(random() * 8) / 4 }),
      async () => null,
    ];
    const queries = [
      'leave',
      'rules of travel',
      '"takes"',
      'dogs since:2001',
      'tag:a budget',
      'zzz',
      'reports from last month',
    ];
    const options: readonly SearchOptions[] = [
      {},
      { limit: 2 },
      { mode: 'lexical' },
      { filter: { tags: ['a'] } },
      { expandSections: true },
      { perDocument: 1, window: 1 },
    ];
    for (let round = 0; round < 30; round++) {
      await pick(writes)();
      for (let i = 0; i < 3; i++) {
        const [query, asked] = [pick(queries), pick(options)];
        const cached = await knowledgeBase.search(query, { ...asked, cache: true, log: true });
        const again = await knowledgeBase.search(query, { ...asked, cache: true });
        const plain = await knowledgeBase.search(query, asked);
        expect(shown(cached)).toBe(shown(plain));
        expect(shown(again)).toBe(shown(plain));
      }
    }
    expect((await counts()).hits).toBeGreaterThan(60);
  });

  test('is not taken after a write by another process', async () => {
    const search = () => knowledgeBase.search('leave', { cache: true });
    await search();
    await search();
    expect(await counts()).toMatchObject({ hits: 1, misses: 1 });
    const other = await openTemporary({ path: knowledgeBase.path });
    other.remove('leave.md');
    expect((await search()).hits.map(({ path }) => path)).not.toContain('leave.md');
    expect(await counts()).toMatchObject({ hits: 1, misses: 2 });
  });

  test('belongs to its options, its settings and its text as it was typed', async () => {
    await knowledgeBase.search('leave', { cache: true });
    await knowledgeBase.search('leave', { cache: true, limit: 3 });
    await knowledgeBase.search('leave', { cache: true, filter: { types: ['md'] } });
    const { query } = await knowledgeBase.search('  leave ', { cache: true });
    expect(query).toBe('  leave ');
    expect(await counts()).toMatchObject({ hits: 1, misses: 3 });
  });

  test('is a new object each time', async () => {
    const first = await knowledgeBase.search('leave', { cache: true });
    const before = shown(first);
    (first.hits as unknown[]).length = 0;
    expect(shown(await knowledgeBase.search('leave', { cache: true }))).toBe(before);
  });

  test('is not kept with an option whose effect is not in its value', async () => {
    const unknown = { reader: 'model' } as SearchOptions;
    for (let i = 0; i < 2; i++) await knowledgeBase.search('leave', { cache: true, ...unknown });
    expect(await counts()).toMatchObject({ entries: 0, hits: 0, misses: 0 });
  });

  test('is not kept while links between documents are missing, as another process writes', async () => {
    const other = openRaw(knowledgeBase.path);
    other.exec(`UPDATE document_mentions SET title_links = NULL;
      UPDATE meta SET value = value + 1 WHERE key = 'generation';
      BEGIN IMMEDIATE`);
    expect((await knowledgeBase.search('leave', { cache: true })).hits.length).toBeGreaterThan(0);
    other.exec('ROLLBACK');
    await knowledgeBase.search('leave', { cache: true });
    expect(other.prepare('SELECT count(*) FROM document_mentions WHERE title_links IS NULL').pluck().get()).toBe(0);
    expect(await counts()).toMatchObject({ hits: 0 });
  });

  test('goes with `clearCaches`', async () => {
    await knowledgeBase.search('leave', { cache: true });
    const usage = await knowledgeBase.usage();
    expect(usage.clearCaches().find(({ name }) => name === 'results')).toMatchObject({ entries: 1, misses: 1 });
    expect(await counts()).toMatchObject({ entries: 0, hits: 0, misses: 0 });
  });
});

describe('the log', () => {
  const logged = async () => (await knowledgeBase.usage()).questions();

  test('has what was asked, with what was found', async () => {
    await knowledgeBase.search('Rules of  leave?', { log: true, filter: { types: ['md'] } });
    await knowledgeBase.search('zebra crossing', { log: true, mode: 'lexical' });
    expect(await logged()).toMatchObject([
      { text: 'zebra crossing', results: 0, bestScore: null, bestCosine: null, coverage: 0, mode: 'lexical' },
      { text: 'Rules of leave?', normalized: 'rules of leave', filter: '{"types":["md"]}', coverage: 1 },
    ]);
  });

  test('has what `ask` asks too, and nothing that nobody typed', async () => {
    for await (const _ of knowledgeBase.ask('Who rules on leave?', { log: true })) void _;
    for await (const _ of knowledgeBase.ask('How are dogs treated?')) void _;
    await knowledgeBase.search('leave');
    expect((await logged()).map(({ text: asked, command }) => [asked, command])).toEqual([
      ['Who rules on leave?', 'ask'],
    ]);
  });

  test('is off by a setting', async () => {
    const settings = { ...defaultSettings, log: { questions: false } };
    const quiet = await openTemporary({ path: knowledgeBase.path, settings });
    await quiet.search('leave', { log: true });
    expect(await logged()).toEqual([]);
    expect((await (await quiet.usage()).gaps()).reason).toContain('log.questions');
  });

  test('keeps no search from its answer: locked by another process, or open for reading only', async () => {
    const other = openRaw(knowledgeBase.path);
    other.exec('BEGIN IMMEDIATE');
    const options = { log: true, cache: true };
    expect((await knowledgeBase.search('leave', options)).hits.length).toBeGreaterThan(0);
    expect((await knowledgeBase.search('leave', options)).hits.length).toBeGreaterThan(0);
    other.exec('COMMIT');
    expect(await logged()).toEqual([]);
    const reader = await openTemporary({ path: knowledgeBase.path, readOnly: true });
    expect((await reader.search('leave', options)).hits.length).toBeGreaterThan(0);
    expect(await logged()).toEqual([]);
  });
});

test('vectors of passages that are there already are counted as reused', async () => {
  const embeddings = async () =>
    (await knowledgeBase.usage()).figures().caches.find(({ name }) => name === 'embeddings');
  const before = await embeddings();
  expect(before).toMatchObject({ hits: 0, entries: before?.misses });
  folder.write({ 'copy.md': text('leave', 1) });
  await finish(knowledgeBase.add(folder.path));
  expect(await embeddings()).toMatchObject({ misses: before?.misses });
  expect((await embeddings())?.hits).toBeGreaterThan(0);
});
