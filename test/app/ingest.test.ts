import { readFileSync, renameSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, test } from 'vitest';
import { ingest, rememberSources } from '../../src/app/ingest/ingest.ts';
import { ingestContext } from '../../src/app/ingest/ingest-context.ts';
import type { KnowledgeBase } from '../../src/app/types.ts';
import { defaultSettings } from '../../src/config/settings.ts';
import { systemRuntime } from '../../src/platform/runtime.ts';
import { hashEmbedder } from '../../src/testing/hash-embedder.ts';
import { openTemporaryStore } from '../store/temporary-store.ts';
import { countingEmbedder, finish, openTemporary, temporaryFolder } from './temporary-knowledge-base.ts';

const paths = (knowledgeBase: KnowledgeBase) => knowledgeBase.list().map(({ path }) => path);

const found = async (knowledgeBase: KnowledgeBase, query: string) =>
  (await knowledgeBase.search(query, { mode: 'lexical' })).hits.map(({ path }) => path);

const check = async (knowledgeBase: KnowledgeBase) => {
  const database = (await knowledgeBase.doctor()).find(({ name }) => name === 'database');
  expect(database).toMatchObject({ status: 'ok' });
};

const broken = new URL('../../fixtures/broken/', import.meta.url);
const encryptedPdf = readFileSync(new URL('encrypted.pdf', broken));

describe('add', () => {
  test('a folder is ingested, remembered, and found', async () => {
    const folder = temporaryFolder({
      'a.md': '# Leave\n\nAnnual leave is thirty days.',
      'deep/b.txt': 'Parking costs nothing.',
    });
    const knowledgeBase = await openTemporary();
    const { report, lines, events } = await finish(knowledgeBase.add(folder.path));
    expect(lines).toEqual(['added a.md', 'added deep/b.txt']);
    expect(report).toMatchObject({
      dryRun: false,
      interrupted: false,
      sourceProblems: [],
      counts: { added: 2, failed: 0 },
    });
    // On a busy machine the names of documents are linked in several batches.
    const types = events.map(({ type }) => type);
    expect(types.filter((type, i) => type !== 'link-progress' || types[i - 1] !== type)).toEqual([
      'source-start',
      'scan-end',
      'item-end',
      'item-end',
      'link-progress',
      'ingest-end',
    ]);
    expect(knowledgeBase.status()).toMatchObject({
      documents: 2,
      sources: [{ kind: 'folder', uri: pathToFileURL(folder.path).href, documents: 2, failures: 0 }],
    });
    expect(await found(knowledgeBase, 'annual leave')).toEqual(['a.md']);
    await check(knowledgeBase);
  });

  test('progress counts up to the total', async () => {
    const folder = temporaryFolder(Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`${i}.txt`, `text ${i}`])));
    const { events } = await finish((await openTemporary()).add(folder.path));
    const ends = events.flatMap((event) => (event.type === 'item-end' ? [event] : []));
    expect(ends.map(({ done }) => done)).toEqual(Array.from({ length: 30 }, (_, i) => i + 1));
    expect(ends.every(({ total }) => total === 30)).toBe(true);
  });

  test('a single file is a source of its own', async () => {
    const folder = temporaryFolder({ 'a.md': 'alpha', 'b.md': 'beta' });
    const knowledgeBase = await openTemporary();
    expect((await finish(knowledgeBase.add(join(folder.path, 'a.md')))).lines).toEqual(['added a.md']);
    expect(knowledgeBase.status().sources).toMatchObject([{ kind: 'file' }]);
  });

  test('what is not there, or cannot be a collection, is refused before anything is written', async () => {
    const folder = temporaryFolder({ 'a.md': 'alpha' });
    const knowledgeBase = await openTemporary();
    await expect(finish(knowledgeBase.add(join(folder.path, 'absent')))).rejects.toMatchObject({
      code: 'SOURCE_MISSING',
      hint: expect.any(String),
    });
    await expect(finish(knowledgeBase.add(folder.path, { collection: 'no/slash' }))).rejects.toMatchObject({
      code: 'USAGE',
    });
    expect(knowledgeBase.status()).toMatchObject({ sources: [], collections: [], documents: 0 });
  });

  test('adding again reads only what changed', async () => {
    const folder = temporaryFolder({ 'a.md': 'alpha', 'b.md': 'beta' });
    const knowledgeBase = await openTemporary();
    await finish(knowledgeBase.add(folder.path));
    folder.write({ 'b.md': 'gamma' });
    expect((await finish(knowledgeBase.add(folder.path))).lines).toEqual(['unchanged a.md', 'updated b.md']);
    expect(knowledgeBase.status().sources).toHaveLength(1);
  });

  test('tags of the source and of the document are both there', async () => {
    const folder = temporaryFolder({ 'a.md': '---\ntags: [own]\n---\nalpha', 'b.md': 'beta' });
    const knowledgeBase = await openTemporary();
    await finish(knowledgeBase.add(folder.path, { tags: ['team', 'own'] }));
    expect(Object.fromEntries(knowledgeBase.list().map(({ path, tags }) => [path, [...tags].sort()]))).toEqual({
      'a.md': ['own', 'team'],
      'b.md': ['own', 'team'],
    });
    expect(knowledgeBase.list({ filter: { tags: ['team'] } })).toHaveLength(2);
  });

  test('adding again with other tags changes those of every document, and without any leaves them', async () => {
    const folder = temporaryFolder({ 'a.md': '---\ntags: [own, team]\n---\nalpha', 'b.md': 'beta' });
    const knowledgeBase = await openTemporary();
    const tagsAfter = async (tags?: string[]) => {
      const { report } = await finish(knowledgeBase.add(folder.path, { tags }));
      const unchanged = report.counts.unchanged;
      return { unchanged, ...Object.fromEntries(knowledgeBase.list().map(({ path, tags }) => [path, tags])) };
    };
    expect(await tagsAfter(['team'])).toEqual({ unchanged: 0, 'a.md': ['own', 'team'], 'b.md': ['team'] });
    expect(await tagsAfter()).toEqual({ unchanged: 2, 'a.md': ['own', 'team'], 'b.md': ['team'] });
    expect(await tagsAfter(['x', 'y', 'x'])).toEqual({
      unchanged: 2,
      'a.md': ['own', 'team', 'x', 'y'],
      'b.md': ['x', 'y'],
    });
    const tagged = (tag: string) => knowledgeBase.list({ filter: { tags: [tag] } }).map(({ path }) => path);
    expect(tagged('y')).toEqual(['a.md', 'b.md']);
    expect(tagged('team')).toEqual(['a.md']);
    expect((await knowledgeBase.search('beta', { filter: { tags: ['x', 'y'] } })).hits).toHaveLength(1);
    expect(knowledgeBase.get('b.md').document.tags).toEqual(['x', 'y']);
    expect(await tagsAfter([])).toEqual({ unchanged: 2, 'a.md': ['own', 'team'], 'b.md': [] });
  });

  test('each collection has its own copy, and only that is removed with it', async () => {
    const folder = temporaryFolder({ 'a.md': 'alpha' });
    const knowledgeBase = await openTemporary();
    await finish(knowledgeBase.add(folder.path, { collection: 'one' }));
    await finish(knowledgeBase.add(folder.path, { collection: 'two' }));
    const [first, second] = knowledgeBase.list();
    expect([first!.collection, second!.collection]).toEqual(['one', 'two']);
    expect(first!.documentId).not.toBe(second!.documentId);
    knowledgeBase.removeCollection('one');
    expect(knowledgeBase.list().map(({ collection }) => collection)).toEqual(['two']);
    expect(await found(knowledgeBase, 'alpha')).toEqual(['a.md']);
    await check(knowledgeBase);
  });

  test('a renamed collection goes on being synchronised, and its old name is free', async () => {
    const folder = temporaryFolder({ 'a.md': 'alpha', 'b.md': 'beta' });
    const knowledgeBase = await openTemporary();
    await finish(knowledgeBase.add(folder.path, { collection: 'old' }));
    knowledgeBase.renameCollection('old', 'new');
    folder.write({ 'a.md': 'alpha changed' });
    expect((await finish(knowledgeBase.sync())).lines).toEqual(['unchanged b.md', 'updated a.md']);
    expect(knowledgeBase.list()).toHaveLength(2);
    await finish(knowledgeBase.add(folder.path, { collection: 'old' }));
    expect(knowledgeBase.collections().map(({ name, documents }) => [name, documents])).toEqual([
      ['new', 2],
      ['old', 2],
    ]);
    await check(knowledgeBase);
  });

  test('a file that two sources hold is there once, and stays when one of them goes', async () => {
    const folder = temporaryFolder({ 'a.md': 'alpha', 'b.md': 'beta' });
    const file = join(folder.path, 'a.md');
    const knowledgeBase = await openTemporary();
    await finish(knowledgeBase.add(file));
    const { events } = await finish(knowledgeBase.add(folder.path));
    expect(events).toContainEqual(expect.objectContaining({ type: 'item-end', done: 1, total: 1 }));
    expect(paths(knowledgeBase)).toEqual(['a.md', 'b.md']);
    expect((await finish(knowledgeBase.sync())).report.counts).toMatchObject({ added: 0, updated: 0, removed: 0 });
    knowledgeBase.remove(file);
    expect(paths(knowledgeBase)).toEqual(['b.md']);
    await finish(knowledgeBase.sync());
    expect(paths(knowledgeBase)).toEqual(['a.md', 'b.md']);
    await check(knowledgeBase);
  });

  test('vectors of another model are refused before anything is read', async () => {
    const folder = temporaryFolder({ 'a.md': 'alpha' });
    const path = join(temporaryFolder().path, 'rag.db');
    const first = await openTemporary({ path });
    await finish(first.add(folder.path));
    const second = await openTemporary({ path, embedder: hashEmbedder(32) });
    await expect(finish(second.add(folder.path))).rejects.toMatchObject({ code: 'SPACE_MISMATCH' });
    await expect(second.search('alpha')).rejects.toMatchObject({
      code: 'SPACE_MISMATCH',
      hint: expect.stringContaining('lexical'),
    });
    expect((await second.search('alpha', { mode: 'lexical' })).hits).toHaveLength(1);
  });
});

describe('sync', () => {
  test('unchanged, edited, deleted and new files each have their outcome', async () => {
    const folder = temporaryFolder({ 'same.md': 'same', 'edited.md': 'before', 'deleted.md': 'going' });
    const knowledgeBase = await openTemporary();
    await finish(knowledgeBase.add(folder.path));
    folder.write({ 'edited.md': 'after', 'new.md': 'fresh' });
    folder.remove('deleted.md');
    const { lines, report } = await finish(knowledgeBase.sync());
    expect(lines).toEqual(['added new.md', 'removed deleted.md', 'unchanged same.md', 'updated edited.md']);
    expect(report.counts).toMatchObject({ added: 1, removed: 1, unchanged: 1, updated: 1 });
    expect(await found(knowledgeBase, 'before')).toEqual([]);
    expect(await found(knowledgeBase, 'after')).toEqual(['edited.md']);
    expect(await found(knowledgeBase, 'going')).toEqual([]);
    await check(knowledgeBase);
  });

  test('a file that was only touched is read, found unchanged, and not read again', async () => {
    const folder = temporaryFolder({ 'a.md': 'alpha' });
    const embedder = countingEmbedder();
    const knowledgeBase = await openTemporary({ embedder });
    await finish(knowledgeBase.add(folder.path));
    folder.write({ 'a.md': 'alpha' });
    const [outcome] = (await finish(knowledgeBase.sync())).outcomes;
    expect(outcome).toMatchObject({ status: 'unchanged', readMs: expect.any(Number) });
    const [again] = (await finish(knowledgeBase.sync())).outcomes;
    expect(again).toEqual({ uri: outcome!.uri, path: 'a.md', status: 'unchanged' });
    expect(embedder.embedded).toHaveLength(1);
  });

  test('a renamed file keeps its passages and vectors: nothing is embedded', async () => {
    const folder = temporaryFolder({ 'old name.md': '# Own title\n\nalpha beta', 'b.md': 'gamma' });
    const embedder = countingEmbedder();
    const knowledgeBase = await openTemporary({ embedder });
    await finish(knowledgeBase.add(folder.path));
    const before = embedder.embedded.length;
    renameSync(join(folder.path, 'old name.md'), join(folder.path, 'new name.md'));
    const { outcomes } = await finish(knowledgeBase.sync());
    expect(outcomes.find(({ status }) => status === 'moved')).toMatchObject({
      path: 'new name.md',
      from: 'old name.md',
    });
    expect(outcomes).toHaveLength(2);
    expect(embedder.embedded).toHaveLength(before);
    expect(paths(knowledgeBase)).toEqual(['b.md', 'new name.md']);
    expect(await found(knowledgeBase, 'alpha')).toEqual(['new name.md']);
    expect(knowledgeBase.status().vectors).toBe(2);
    await check(knowledgeBase);
  });

  test('a renamed folder moves all that is in it', async () => {
    const folder = temporaryFolder({ 'from/a.md': 'alpha', 'from/b.md': 'beta', 'from/c/d.md': 'delta' });
    const embedder = countingEmbedder();
    const knowledgeBase = await openTemporary({ embedder });
    await finish(knowledgeBase.add(folder.path));
    renameSync(join(folder.path, 'from'), join(folder.path, 'to'));
    expect((await finish(knowledgeBase.sync())).lines).toEqual(['moved to/a.md', 'moved to/b.md', 'moved to/c/d.md']);
    expect(embedder.embedded).toHaveLength(3);
    await check(knowledgeBase);
  });

  test('files that change places keep one document each', async () => {
    const folder = temporaryFolder({ 'a.md': 'alpha', 'b.md': 'beta' });
    const embedder = countingEmbedder();
    const knowledgeBase = await openTemporary({ embedder });
    await finish(knowledgeBase.add(folder.path));
    folder.write({ 'a.md': 'beta', 'b.md': 'alpha' });
    await finish(knowledgeBase.sync());
    expect(await found(knowledgeBase, 'alpha')).toEqual(['b.md']);
    expect(await found(knowledgeBase, 'beta')).toEqual(['a.md']);
    expect(embedder.embedded).toHaveLength(2);
    await check(knowledgeBase);
  });

  test('a chain of renames ends with the right texts', async () => {
    const folder = temporaryFolder({ 'a.md': 'alpha', 'b.md': 'beta', 'c.md': 'gamma' });
    const knowledgeBase = await openTemporary();
    await finish(knowledgeBase.add(folder.path));
    renameSync(join(folder.path, 'c.md'), join(folder.path, 'd.md'));
    renameSync(join(folder.path, 'b.md'), join(folder.path, 'c.md'));
    renameSync(join(folder.path, 'a.md'), join(folder.path, 'b.md'));
    await finish(knowledgeBase.sync());
    expect(knowledgeBase.list().map(({ path }) => [path, knowledgeBase.get(path).text.trim()])).toEqual([
      ['b.md', 'alpha'],
      ['c.md', 'beta'],
      ['d.md', 'gamma'],
    ]);
    await check(knowledgeBase);
  });

  test('of two files with the same content one may be renamed', async () => {
    const folder = temporaryFolder({ 'a.md': 'same text', 'b.md': 'same text' });
    const knowledgeBase = await openTemporary();
    await finish(knowledgeBase.add(folder.path));
    renameSync(join(folder.path, 'a.md'), join(folder.path, 'c.md'));
    await finish(knowledgeBase.sync());
    expect(paths(knowledgeBase)).toEqual(['b.md', 'c.md']);
    await check(knowledgeBase);
  });

  test('a file whose new name makes it another format is read as that', async () => {
    const folder = temporaryFolder({ 'a.txt': '# Title\n\nbody' });
    const knowledgeBase = await openTemporary();
    await finish(knowledgeBase.add(folder.path));
    renameSync(join(folder.path, 'a.txt'), join(folder.path, 'a.md'));
    await finish(knowledgeBase.sync());
    expect(knowledgeBase.list()).toMatchObject([{ path: 'a.md', type: 'md', title: 'Title' }]);
  });

  test('a root that is missing keeps its documents, says so, and is pruned only when asked', async () => {
    const folder = temporaryFolder({ 'root/a.md': 'alpha', 'root/b.md': 'beta' });
    const knowledgeBase = await openTemporary();
    await finish(knowledgeBase.add(join(folder.path, 'root')));
    renameSync(join(folder.path, 'root'), join(folder.path, 'away'));
    const { report, lines } = await finish(knowledgeBase.sync());
    expect(lines).toEqual([]);
    expect(report.sourceProblems).toMatchObject([
      {
        code: 'SOURCE_MISSING',
        message: expect.stringContaining('2 documents'),
        hint: expect.stringContaining('--prune-missing'),
      },
    ]);
    expect(paths(knowledgeBase)).toEqual(['a.md', 'b.md']);
    renameSync(join(folder.path, 'away'), join(folder.path, 'root'));
    expect((await finish(knowledgeBase.sync())).lines).toEqual(['unchanged a.md', 'unchanged b.md']);
    renameSync(join(folder.path, 'root'), join(folder.path, 'away'));
    expect((await finish(knowledgeBase.sync({ pruneMissing: true }))).lines).toEqual(['removed a.md', 'removed b.md']);
    expect(paths(knowledgeBase)).toEqual([]);
    await check(knowledgeBase);
  });

  test('a root that is suddenly empty keeps its documents; one file left makes it believable', async () => {
    const folder = temporaryFolder({ 'a.md': 'alpha', 'b.md': 'beta' });
    const knowledgeBase = await openTemporary();
    await finish(knowledgeBase.add(folder.path));
    folder.remove('a.md');
    folder.remove('b.md');
    const { report } = await finish(knowledgeBase.sync());
    expect(report.sourceProblems).toMatchObject([{ message: expect.stringContaining('suddenly empty') }]);
    expect(paths(knowledgeBase)).toEqual(['a.md', 'b.md']);
    folder.write({ 'c.md': 'gamma' });
    expect((await finish(knowledgeBase.sync())).lines).toEqual(['added c.md', 'removed a.md', 'removed b.md']);
  });

  test('a missing source does not keep the others from being synchronised', async () => {
    const one = temporaryFolder({ 'root/a.md': 'alpha' });
    const two = temporaryFolder({ 'b.md': 'beta' });
    const knowledgeBase = await openTemporary();
    await finish(knowledgeBase.add(join(one.path, 'root')));
    await finish(knowledgeBase.add(two.path));
    one.remove('root');
    two.write({ 'c.md': 'gamma' });
    expect((await finish(knowledgeBase.sync())).lines).toEqual(['added c.md', 'unchanged b.md']);
  });

  test('only the sources of the named collection are read', async () => {
    const one = temporaryFolder({ 'a.md': 'alpha' });
    const two = temporaryFolder({ 'b.md': 'beta' });
    const knowledgeBase = await openTemporary();
    await finish(knowledgeBase.add(one.path, { collection: 'one' }));
    await finish(knowledgeBase.add(two.path, { collection: 'two' }));
    expect((await finish(knowledgeBase.sync({ collection: 'two' }))).lines).toEqual(['unchanged b.md']);
  });

  test('with nothing remembered it ends at once', async () => {
    expect((await finish((await openTemporary()).sync())).events.map(({ type }) => type)).toEqual(['ingest-end']);
  });
});

describe('a dry run', () => {
  test('says what would happen and writes nothing', async () => {
    const folder = temporaryFolder({ 'a.md': 'alpha', 'b.md': 'beta', 'c.md': 'gamma', 'bad.pdf': encryptedPdf });
    const knowledgeBase = await openTemporary();
    const first = await finish(knowledgeBase.add(folder.path, { dryRun: true, collection: 'later' }));
    expect(first.lines).toEqual(['added a.md', 'added b.md', 'added c.md', 'failed bad.pdf']);
    expect(first.report.dryRun).toBe(true);
    expect(knowledgeBase.status()).toMatchObject({
      documents: 0,
      sources: [],
      collections: [],
      failures: [],
      space: null,
    });

    await finish(knowledgeBase.add(folder.path));
    const before = JSON.stringify(knowledgeBase.status());
    const bytes = readFileSync(knowledgeBase.path);
    folder.write({ 'a.md': 'changed' });
    folder.remove('b.md');
    renameSync(join(folder.path, 'c.md'), join(folder.path, 'd.md'));
    const second = await finish(knowledgeBase.sync({ dryRun: true }));
    expect(second.lines).toEqual(['failed bad.pdf', 'moved d.md', 'removed b.md', 'updated a.md']);
    expect(JSON.stringify(knowledgeBase.status())).toBe(before);
    expect(readFileSync(knowledgeBase.path).equals(bytes)).toBe(true);
    expect((await finish(knowledgeBase.sync())).lines).toEqual(second.lines);
  });
});

describe('files that cannot be read', () => {
  test('a bad file is reported with its reason, and the others are ingested', async () => {
    const folder = temporaryFolder({
      'a.md': 'alpha',
      'bad.pdf': encryptedPdf,
      'cut.docx': readFileSync(new URL('truncated.docx', broken)),
    });
    const knowledgeBase = await openTemporary();
    const { outcomes, report } = await finish(knowledgeBase.add(folder.path));
    expect(report.counts).toMatchObject({ added: 1, failed: 2 });
    for (const { reason } of outcomes.filter(({ status }) => status === 'failed')) {
      expect(reason).toMatchObject({ code: expect.stringMatching(/^PARSE_/), message: expect.stringMatching(/\w/) });
    }
    expect(outcomes.find(({ path }) => path === 'bad.pdf')?.reason?.code).toBe('PARSE_ENCRYPTED');
    expect(knowledgeBase.status().failures.map(({ path, code }) => `${path} ${code}`)).toContain(
      'bad.pdf PARSE_ENCRYPTED',
    );
    await check(knowledgeBase);
  });

  test('it is read again only when it changed or was added again, and its failure goes when it can be read', async () => {
    const folder = temporaryFolder({ 'a.md': 'alpha', 'bad.md': encryptedPdf });
    const knowledgeBase = await openTemporary();
    await finish(knowledgeBase.add(folder.path));
    const onSync = (await finish(knowledgeBase.sync())).outcomes.find(({ path }) => path === 'bad.md');
    expect(onSync).toMatchObject({ status: 'failed', reason: { code: 'PARSE_ENCRYPTED' } });
    expect(onSync).not.toHaveProperty('readMs');
    const onAdd = (await finish(knowledgeBase.add(folder.path))).outcomes.find(({ path }) => path === 'bad.md');
    expect(onAdd).toMatchObject({ status: 'failed', readMs: expect.any(Number) });
    folder.write({ 'bad.md': 'now it can be read' });
    expect((await finish(knowledgeBase.sync())).lines).toEqual(['added bad.md', 'unchanged a.md']);
    expect(knowledgeBase.status().failures).toEqual([]);
  });

  test('a document that became unreadable goes, and comes back when it can be read again', async () => {
    const folder = temporaryFolder({ 'a.md': 'alpha', 'b.md': 'beta' });
    const knowledgeBase = await openTemporary();
    await finish(knowledgeBase.add(folder.path));
    folder.write({ 'a.md': encryptedPdf });
    expect((await finish(knowledgeBase.sync())).lines).toEqual(['failed a.md', 'unchanged b.md']);
    expect(await found(knowledgeBase, 'alpha')).toEqual([]);
    folder.write({ 'a.md': 'alpha again' });
    await finish(knowledgeBase.sync());
    expect(await found(knowledgeBase, 'alpha')).toEqual(['a.md']);
    expect(knowledgeBase.status().failures).toEqual([]);
    await check(knowledgeBase);
  });

  test('a file that cannot be opened for the moment keeps its document, and is read by the next sync', async () => {
    const folder = temporaryFolder({ 'a.md': 'alpha' });
    const store = openTemporaryStore();
    const context = ingestContext({
      store,
      embedder: hashEmbedder(),
      runtime: systemRuntime,
      settings: defaultSettings,
    });
    const [source] = await rememberSources(
      context,
      [{ kind: 'folder', uri: pathToFileURL(folder.path).href, options: {} }],
      {
        collection: 'c',
        tags: [],
        dryRun: false,
      },
    );
    const sync = (open: (path: string) => string) => {
      const listSource: typeof context.listSource = async (...wanted) => {
        const listing = await context.listSource(...wanted);
        const items = listing.items.map((item) =>
          item.content.kind === 'file'
            ? { ...item, content: { ...item.content, path: open(item.content.path) } }
            : item,
        );
        return { ...listing, items };
      };
      const options = { dryRun: false, retryFailures: false, pruneMissing: false };
      return finish(ingest({ ...context, listSource }, () => [source!], options));
    };
    await sync((path) => path);
    folder.write({ 'a.md': 'beta' });
    const { outcomes } = await sync((path) => `${path}.locked`);
    expect(outcomes).toMatchObject([{ status: 'failed', path: 'a.md', reason: { code: 'SOURCE_FAILED' } }]);
    expect(store.counts().documents).toBe(1);
    expect((await sync((path) => path)).lines).toEqual(['updated a.md']);
    expect(store.failures()).toEqual([]);
  });

  test('a failing file that is deleted is forgotten', async () => {
    const folder = temporaryFolder({ 'a.md': 'alpha', 'bad.pdf': encryptedPdf });
    const knowledgeBase = await openTemporary();
    await finish(knowledgeBase.add(folder.path));
    folder.remove('bad.pdf');
    await finish(knowledgeBase.sync());
    expect(knowledgeBase.status().failures).toEqual([]);
  });

  test('a parser that takes too long costs that file only', async () => {
    const folder = temporaryFolder({
      'a.md': 'alpha',
      'huge.json': `[${'{"key":"value of some length"},'.repeat(900_000)}{}]`,
    });
    const settings = {
      ...defaultSettings,
      parse: { ...defaultSettings.parse, timeoutMs: 100 },
      ingest: { ...defaultSettings.ingest, workers: 1 },
    };
    const knowledgeBase = await openTemporary({ settings });
    const { outcomes } = await finish(knowledgeBase.add(folder.path));
    expect(outcomes.find(({ path }) => path === 'huge.json')).toMatchObject({
      status: 'failed',
      reason: { code: expect.stringMatching(/^PARSE_/) },
    });
    await check(knowledgeBase);
  });
});

describe('bytes', () => {
  const bytes = (text: string) => new TextEncoder().encode(text);

  test('are found under their title, and the same title replaces', async () => {
    const knowledgeBase = await openTemporary();
    await finish(knowledgeBase.addBytes(bytes('alpha notes'), { title: 'Meeting of 3 May' }));
    expect(knowledgeBase.list()).toMatchObject([{ path: 'Meeting of 3 May', uri: 'stdin:Meeting of 3 May' }]);
    expect((await finish(knowledgeBase.addBytes(bytes('alpha notes'), { title: 'Meeting of 3 May' }))).lines).toEqual([
      'unchanged Meeting of 3 May',
    ]);
    expect((await finish(knowledgeBase.addBytes(bytes('beta notes'), { title: 'Meeting of 3 May' }))).lines).toEqual([
      'updated Meeting of 3 May',
    ]);
    await finish(knowledgeBase.addBytes(bytes('other'), { title: 'Other', tags: ['piped'] }));
    expect(knowledgeBase.list()).toHaveLength(2);
    expect(await found(knowledgeBase, 'alpha')).toEqual([]);
    expect(await found(knowledgeBase, 'beta')).toEqual(['Meeting of 3 May']);
    expect(knowledgeBase.list({ filter: { tags: ['piped'] } })).toHaveLength(1);
  });

  test('stay when everything else is synchronised, pruning included', async () => {
    const knowledgeBase = await openTemporary();
    await finish(knowledgeBase.addBytes(bytes('alpha notes'), { title: 'Piped' }));
    await finish(knowledgeBase.sync({ pruneMissing: true }));
    expect(paths(knowledgeBase)).toEqual(['Piped']);
  });

  test('that are no document fail with a reason', async () => {
    const knowledgeBase = await openTemporary();
    const { outcomes } = await finish(knowledgeBase.addBytes(encryptedPdf, { title: 'Secret' }));
    expect(outcomes).toMatchObject([{ status: 'failed', reason: { code: 'PARSE_ENCRYPTED' } }]);
  });

  test('need a title', async () => {
    const knowledgeBase = await openTemporary();
    await expect(finish(knowledgeBase.addBytes(bytes('x'), { title: ' ' }))).rejects.toMatchObject({ code: 'USAGE' });
  });
});

describe('interruption', () => {
  const manyFiles = () =>
    temporaryFolder(
      Object.fromEntries(
        Array.from({ length: 120 }, (_, i) => [`${i}.md`, `# File ${i}\n\nfirst part ${i}\n\nsecond part ${i}`]),
      ),
    );

  test('before it begins nothing is read', async () => {
    const folder = manyFiles();
    const knowledgeBase = await openTemporary();
    const { report } = await finish(knowledgeBase.add(folder.path, { signal: AbortSignal.abort() }));
    expect(report).toMatchObject({ interrupted: true, counts: { added: 0 } });
  });

  test('while files are read keeps whole documents, and the next sync completes', async () => {
    const folder = manyFiles();
    const path = join(temporaryFolder().path, 'rag.db');
    const knowledgeBase = await openTemporary({ path });
    const stop = new AbortController();
    let interrupted = false;
    for await (const event of knowledgeBase.add(folder.path, { signal: stop.signal })) {
      if (event.type === 'scan-end') stop.abort();
      if (event.type === 'ingest-end') interrupted = event.report.interrupted;
    }
    expect(interrupted).toBe(true);
    await check(knowledgeBase);
    const { report } = await finish(knowledgeBase.sync());
    expect(report.interrupted).toBe(false);
    expect(knowledgeBase.list({ limit: 1000 })).toHaveLength(120);
    await check(knowledgeBase);
  });

  test('between two batches keeps the first, and the next sync embeds only the rest', async () => {
    const folder = manyFiles();
    const sections = Array.from(
      { length: 2500 },
      (_, i) => `## Part ${i}\n\nThis is what part number ${i} says about it.`,
    );
    folder.write({ '0-big.md': sections.join('\n\n') });
    const settings = {
      ...defaultSettings,
      chunk: { targetTokens: 16, maxTokens: 64, overlapTokens: 0 },
      // One worker answers in order, so that the first batch ends with the big file.
      ingest: { ...defaultSettings.ingest, workers: 1 },
    };
    const stop = new AbortController();
    const inner = countingEmbedder();
    const embedder = {
      ...inner,
      embedPassages(texts: readonly string[], signal?: AbortSignal) {
        if (inner.embedded.length > 0) stop.abort();
        return inner.embedPassages(texts, signal);
      },
    };
    const path = join(temporaryFolder().path, 'rag.db');
    const first = await openTemporary({ path, embedder, settings });
    const { report } = await finish(first.add(folder.path, { signal: stop.signal }));
    expect(report).toMatchObject({ interrupted: true });
    expect(paths(first)).toContain('0-big.md');
    expect(first.list({ limit: 1000 }).length).toBeLessThan(121);
    expect(first.get('0-big.md').text).toContain('part number 2499');
    await check(first);
    const again = countingEmbedder();
    const second = await openTemporary({ path, embedder: again, settings });
    await finish(second.sync());
    expect(second.list({ limit: 1000 })).toHaveLength(121);
    expect(again.embedded.length).toBeGreaterThan(0);
    expect(again.embedded.some((text) => text.includes('part number'))).toBe(false);
    await check(second);
  });

  test('a reader that goes away in the middle ends the work, and breaks nothing', async () => {
    const folder = manyFiles();
    const knowledgeBase = await openTemporary();
    for await (const event of knowledgeBase.add(folder.path)) if (event.type === 'scan-end') break;
    const workers = () => process.getActiveResourcesInfo().filter((resource) => resource === 'ProcessWrap');
    await expect.poll(workers, { timeout: 10_000 }).toEqual([]);
    expect(knowledgeBase.list({ limit: 1000 }).length).toBeLessThan(120);
    await check(knowledgeBase);
    await finish(knowledgeBase.sync());
    expect(knowledgeBase.list({ limit: 1000 })).toHaveLength(120);
    await check(knowledgeBase);
  });
});

test('two knowledge bases on one file may ingest at the same time', async () => {
  const folders = [0, 1].map((which) =>
    temporaryFolder(
      Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`${which}-${i}.md`, `text ${which} ${i}`])),
    ),
  );
  const path = join(temporaryFolder().path, 'rag.db');
  const both = [await openTemporary({ path }), await openTemporary({ path })];
  await Promise.all(both.map((knowledgeBase, i) => finish(knowledgeBase.add(folders[i]!.path))));
  expect(both[0]!.list({ limit: 1000 })).toHaveLength(80);
  await check(both[1]!);
});

test('the log of the database does not grow past an ingest', async () => {
  const folder = temporaryFolder({ 'a.md': 'alpha '.repeat(10_000) });
  const knowledgeBase = await openTemporary();
  await finish(knowledgeBase.add(folder.path));
  expect(statSync(`${knowledgeBase.path}-wal`, { throwIfNoEntry: false })?.size ?? 0).toBeLessThan(50_000);
});
