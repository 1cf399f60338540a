import Database from 'better-sqlite3';
import * as sqliteVec from 'sqlite-vec';
import { describe, expect, test } from 'vitest';
import { createStore } from '../../../../src/store/sqlite/create-store.ts';
import { migrations } from '../../../../src/store/sqlite/migrations/migrations.ts';
import type { Store, StoredHistory, VersionRow } from '../../../../src/store/types.ts';
import { fixedClock } from '../../../../src/testing/fixed-clock.ts';
import { createRandom } from '../../../chunk/markdown-like.ts';
import { addSampleSource, axis, sampleDocument, sampleId } from '../../sample-document.ts';
import { openRaw, openTemporaryStore, temporaryDatabasePath } from '../../temporary-store.ts';
import { everything, randomHistory, withOwnVectors } from './random-history.ts';

const open = (keepsVersions = true) => {
  const clock = fixedClock();
  const path = temporaryDatabasePath();
  const store = createStore({ path, create: true, readOnly: false, clock, keepsVersions });
  return { store, clock, path };
};

const histories = (store: Store): StoredHistory[] => [
  ...store.documents({}, 1000, 0).map(({ row }) => store.historyOf(row)),
  ...goneHistories(store),
];

const goneHistories = (store: Store): StoredHistory[] => {
  const database = openRaw(store.path);
  const uris = database
    .prepare('SELECT DISTINCT uri FROM histories WHERE gone_at IS NOT NULL')
    .pluck()
    .all() as string[];
  return uris.flatMap((uri) => [...store.goneHistories(uri, 100)]);
};

const readBack = (store: Store) =>
  histories(store).map(({ versions }) =>
    versions.flatMap(({ row, number, title, path }) => {
      if (row === null) return [];
      return [[number, { text: store.versionContent(row).text, title, path }] as const];
    }),
  );

const RUNS = [1, 2, 3, 4, 5, 6];

describe.each(RUNS)('after random writes (seed %i)', (seed) => {
  test('every former version says what the document said', () => {
    const { store, clock } = open();
    const { step, said } = randomHistory(store, clock, seed);
    for (let i = 0; i < 80; i++) step();
    const known = [...said.values()].map((versions) => JSON.stringify([...versions].sort(([a], [b]) => b - a)));
    for (const found of readBack(store)) {
      const whole = JSON.stringify(found).slice(1);
      expect(known.some((each) => each.endsWith(whole))).toBe(true);
    }
    expect(readBack(store).flat().length).toBe(store.historyFigures().versions);
    expect(store.damagedVersions(10)).toEqual([]);
    expect(store.checkIntegrity()).toEqual([]);
    store.close();
  });

  test('a restored state is found as it was: the same rows, scores, counts and texts', () => {
    const { store, clock } = open();
    const { step } = randomHistory(store, clock, seed);
    const random = createRandom(seed);
    for (let i = 0; i < 20; i++) step();
    const kept: { name: string; at: string; state: unknown }[] = [];
    for (let round = 0; round < 3; round++) {
      store.write((writer) => writer.putSnapshot(`s${round}`));
      kept.push({ name: `s${round}`, at: new Date(clock.now()).toISOString(), state: everything(store) });
      for (let i = 0; i < 5 + random(20); i++) step();
    }
    for (const { name, at, state } of [...kept, ...kept.slice(0, 2)]) {
      clock.advance(1000);
      const { generation } = store.snapshots().find((snapshot) => snapshot.name === name)!;
      const moment = name === 's1' ? { at } : { generation };
      store.write((writer) => writer.restoreState(store.stateAt(moment), {}));
      expect(everything(store)).toEqual(state);
      expect(store.checkIntegrity()).toEqual([]);
      expect(store.stateAt({ generation: store.generation() })).toMatchObject({ remove: [], put: [] });
    }
    expect(store.damagedVersions(10)).toEqual([]);
    store.close();
  });

  test('what is pruned harms no other version, and no snapshot', () => {
    const { store, clock } = open();
    const { step } = randomHistory(store, clock, seed);
    for (let i = 0; i < 30; i++) step();
    store.write((writer) => writer.putSnapshot('kept'));
    const then = everything(store);
    for (let i = 0; i < 50; i++) step();
    const contents = new Map<VersionRow, string>();
    for (const { versions } of histories(store))
      for (const { row } of versions) if (row !== null) contents.set(row, store.versionContent(row).text);
    const before = store.historyFigures();
    const dropped = store.write((writer) => writer.pruneVersions({ maxVersions: 2, endedBefore: null, maxBytes: 0 }));
    expect(dropped).toBeGreaterThan(0);
    expect(store.historyFigures().versions).toBe(before.versions - dropped);
    store.write((writer) =>
      writer.pruneVersions({
        maxVersions: 0,
        endedBefore: null,
        maxBytes: Math.ceil(store.historyFigures().bytes / 2),
      }),
    );
    for (const { versions } of histories(store))
      for (const { row } of versions) if (row !== null) expect(store.versionContent(row).text).toBe(contents.get(row));
    expect(store.damagedVersions(10)).toEqual([]);
    store.write((writer) => {
      const { generation } = store.snapshots()[0]!;
      writer.restoreState(store.stateAt({ generation }), {});
    });
    expect(everything(store)).toEqual(then);
    store.write((writer) => {
      writer.removeSnapshot('kept');
      writer.pruneVersions({ maxVersions: 0, endedBefore: '9999', maxBytes: 0 });
    });
    expect(store.historyFigures()).toMatchObject({ versions: 0, bytes: 0, vectorBytes: 0 });
    store.close();
  });
});

const put = (store: Store, text: string, path = 'a.md', more = {}) =>
  store.write((writer) =>
    writer.putDocument(withOwnVectors(sampleDocument(store.sources()[0]!.row, { path, text, ...more }))),
  );
const rowOf = (store: Store, path: string) => store.findDocuments(path, 1)[0]!.row;

describe('a former version', () => {
  test('says why it came and how it ended', () => {
    const { store, clock } = open();
    addSampleSource(store);
    put(store, 'one');
    clock.advance(1000);
    put(store, 'two');
    clock.advance(1000);
    store.write((writer) =>
      writer.moveDocument(rowOf(store, 'a.md'), {
        id: sampleId('default', 'file:///root/b.md'),
        uri: 'file:///root/b.md',
        path: 'b.md',
        title: 'B',
        size: 3,
        mtimeMs: 2,
      }),
    );
    clock.advance(1000);
    store.write((writer) => writer.removeDocuments([rowOf(store, 'b.md')]));
    const [history] = store.goneHistories('b.md', 5);
    expect(history).toMatchObject({ documentRow: null, path: 'b.md', goneAt: '2026-01-05T10:00:03.000Z' });
    expect(history!.versions.map(({ number, reason, ended, path }) => [number, reason, ended, path])).toEqual([
      [3, 'moved', 'deleted', 'b.md'],
      [2, 'edited', 'moved', 'a.md'],
      [1, 'added', 'replaced', 'a.md'],
    ]);
    put(store, 'again', 'b.md', { uri: 'file:///root/b.md' });
    expect(store.historyOf(rowOf(store, 'b.md')).versions.map(({ number }) => number)).toEqual([4, 3, 2, 1]);
    store.close();
  });

  test('costs little more than what was changed', () => {
    const { store } = open();
    addSampleSource(store);
    const paragraphs = Array.from({ length: 60 }, (_, i) => `paragraph ${i} ${'some words of it '.repeat(20)}`);
    put(store, paragraphs.join('\n\n'));
    paragraphs[30] = 'paragraph 30 is another now';
    put(store, paragraphs.join('\n\n'));
    const { bytes, vectorBytes } = store.historyFigures();
    expect(bytes).toBeLessThan(1200);
    expect(vectorBytes).toBe(8 + 20);
    store.close();
  });

  test('gives its vectors to a text that comes back', () => {
    const { store } = open();
    addSampleSource(store);
    put(store, 'one');
    const { embedHash } = sampleDocument(1, { path: 'a.md', text: 'one' }).chunks[0]!;
    put(store, 'two');
    expect([...store.vectorsByHash([embedHash]).values()]).toEqual([axis(embedHash[0]!)]);
    store.close();
  });

  test('is not kept where that is off, but for what a snapshot needs', () => {
    const { store } = open(false);
    addSampleSource(store);
    put(store, 'one');
    put(store, 'two');
    expect(store.historyFigures().versions).toBe(0);
    store.write((writer) => writer.putSnapshot('s'));
    put(store, 'three');
    put(store, 'four');
    expect(store.historyFigures().versions).toBe(1);
    const { versions } = store.historyOf(rowOf(store, 'a.md'));
    expect(versions.map(({ number }) => number)).toEqual([3, 1]);
    expect(store.versionContent(versions[1]!.row!).text).toBe('two');
    store.close();
  });

  test('is gone from the file when it is forgotten', () => {
    const { store, path } = open();
    addSampleSource(store);
    put(store, 'the confidential plan of the merger, which nobody may read');
    put(store, 'nothing to see');
    const { row } = store.historyOf(rowOf(store, 'a.md'));
    expect(store.write((writer) => writer.forgetHistory(row!))).toBe(1);
    expect(store.historyFigures()).toMatchObject({ versions: 0, vectorBytes: 0, documents: 0 });
    const database = openRaw(path);
    for (const table of ['versions', 'left_passages', 'former_vectors', 'histories', 'version_sources'])
      expect(database.prepare(`SELECT count(*) FROM ${table}`).pluck().get()).toBe(0);
    put(store, 'later');
    expect(store.historyOf(rowOf(store, 'a.md')).versions.map(({ number }) => number)).toEqual([2, 1]);
    store.close();
  });

  test('goes with the name of a renamed collection', () => {
    const { store } = open();
    addSampleSource(store);
    put(store, 'one');
    put(store, 'two');
    store.write((writer) => writer.renameCollection('default', 'other', (uri) => sampleId('other', uri)));
    const { versions } = store.historyOf(rowOf(store, 'a.md'));
    store.write((writer) => writer.restoreState({ remove: [], put: [versions[1]!.row!] }, {}));
    const [document] = store.documents({}, 10, 0);
    expect(document!.source).toMatchObject({
      collection: 'other',
      documentId: sampleId('other', 'file:///root/a.md'),
    });
    expect(store.collections()).toHaveLength(1);
    store.close();
  });
});

describe('a restored version', () => {
  test('stays while the file is as it was, and goes with the next edit', () => {
    const { store } = open();
    addSampleSource(store);
    put(store, 'one');
    put(store, 'two', 'a.md', { size: 30, mtimeMs: 7 });
    const [, former] = store.historyOf(rowOf(store, 'a.md')).versions;
    store.write((writer) => writer.restoreState({ remove: [], put: [former!.row!] }, { pin: { reason: '' } }));
    const known = store.knownItem(sampleId('default', 'file:///root/a.md'))!;
    expect(known).toMatchObject({ size: 30, mtimeMs: 7 });
    expect(known.contentHash).toBe(sampleDocument(1, { path: 'a.md', text: 'two' }).contentHash);
    put(store, 'two', 'a.md', { size: 30, mtimeMs: 8 });
    expect(store.findDocuments('a.md', 1)[0]).toMatchObject({ isPinned: true, version: 3 });
    expect(store.document(rowOf(store, 'a.md')).text).toBe('one');
    put(store, 'three');
    expect(store.findDocuments('a.md', 1)[0]).toMatchObject({ isPinned: false, version: 4 });
    store.close();
  });

  test('comes back where the document, its source and its collection are gone', () => {
    const { store } = open();
    addSampleSource(store, 'notes');
    const document = sampleDocument(store.sources()[0]!.row, { path: 'a.md', text: 'one', collection: 'notes' });
    store.write((writer) => writer.putDocument({ ...document, tags: ['x'] }));
    store.write((writer) => writer.removeCollection('notes'));
    const [gone] = store.goneHistories('a.md', 1);
    store.write((writer) =>
      writer.restoreState({ remove: [], put: [gone!.versions[0]!.row!] }, { pin: { reason: '' } }),
    );
    expect(store.documents({}, 10, 0)).toMatchObject([
      { tags: ['x'], source: { collection: 'notes' }, isPinned: true },
    ]);
    expect(store.sources()).toMatchObject([{ uri: 'file:///root', kind: 'folder', collection: 'notes' }]);
    expect(store.knownItem(document.id)).toMatchObject({ staysWithoutFile: true, contentHash: null });
    store.close();
  });

  test('of a version that was dropped meanwhile is an error, and changes nothing', () => {
    const { store } = open();
    addSampleSource(store);
    put(store, 'one');
    const before = everything(store);
    const restore = () => store.write((writer) => writer.restoreState({ remove: [], put: [99] }, {}));
    expect(restore).toThrow('was dropped');
    expect(everything(store)).toEqual(before);
    store.close();
  });
});

test('versions that a long chain of edits leaves are each read through a bounded number of others', () => {
  const { store, path } = open();
  addSampleSource(store);
  for (let i = 0; i < 100; i++) put(store, `line ${i}\n\n${'the rest stays as it is. '.repeat(30)}`);
  const database = openRaw(path);
  expect(database.prepare('SELECT count(*) FROM versions WHERE is_whole').pluck().get()).toBe(3);
  const { versions } = store.historyOf(rowOf(store, 'a.md'));
  for (const { row, number } of versions)
    if (row !== null) expect(store.versionContent(row).text.startsWith(`line ${number - 1}\n`)).toBe(true);
  store.close();
});

test('a version whose bytes changed in the file is an error, never another text', () => {
  const { store, path } = open();
  addSampleSource(store);
  put(store, 'one');
  put(store, 'two');
  const database = openRaw(path);
  database.prepare('UPDATE versions SET content_check = content_check + 1').run();
  const [, former] = store.historyOf(rowOf(store, 'a.md')).versions;
  expect(() => store.versionContent(former!.row!)).toThrow('not what was kept');
  expect(store.damagedVersions(10)).toHaveLength(1);
  store.close();
});

test('a document that is damaged can be replaced and removed, without a former version', () => {
  const { store, path } = open();
  addSampleSource(store);
  put(store, 'one');
  const database = openRaw(path);
  database.prepare(`UPDATE documents SET sections = '{'`).run();
  put(store, 'two');
  database.prepare(`UPDATE documents SET sections = '{'`).run();
  store.write((writer) => writer.removeDocuments([rowOf(store, 'a.md')]));
  expect(store.documents({}, 10, 0)).toEqual([]);
  expect(store.historyFigures().versions).toBe(0);
  store.close();
});

test('a document of a database from before there were versions has its first one once it is edited', () => {
  const path = temporaryDatabasePath();
  const database = new Database(path);
  sqliteVec.load(database);
  const before = migrations.findIndex((sql) => sql.includes('CREATE TABLE versions'));
  for (const sql of migrations.slice(0, before)) database.exec(sql);
  database.pragma(`user_version = ${before}`);
  database.pragma(`application_id = ${0x52414753}`);
  database.exec(`
    INSERT INTO collections (name, created_at) VALUES ('default', '2025-01-01T00:00:00.000Z');
    INSERT INTO sources (collection_id, kind, uri, added_at) VALUES (1, 'folder', 'file:///root', '2025-01-01T00:00:00.000Z');
    INSERT INTO documents (public_id, collection_id, source_id, uri, path, title, media_type, type, content_hash, text_length,
      chunk_count, sections, metadata, indexed_at)
    VALUES ('${sampleId('default', 'file:///root/a.md')}', 1, 1, 'file:///root/a.md', 'a.md', 'A', 'text/plain', 'txt', x'00', 6,
      0, '[]', '{}', '2025-01-02T00:00:00.000Z');
    INSERT INTO document_texts VALUES (1, 0, 'before');`);
  database.close();
  const store = openTemporaryStore(path);
  addSampleSource(store);
  put(store, 'after');
  const { versions } = store.historyOf(rowOf(store, 'a.md'));
  expect(versions.map(({ number, reason, since }) => [number, reason, since])).toEqual([
    [2, 'edited', '2026-01-05T10:00:00.000Z'],
    [1, 'added', '2025-01-02T00:00:00.000Z'],
  ]);
  store.write((writer) => writer.restoreState(store.stateAt({ at: '2025-06-01T00:00:00.000Z' }), {}));
  expect(store.document(rowOf(store, 'a.md')).text).toBe('before');
  expect(rowOf(store, 'a.md')).toBe(1);
});

test('a database of the version before is read as one without history', () => {
  const path = temporaryDatabasePath();
  openTemporaryStore(path).close();
  const database = openRaw(path);
  for (const table of ['versions', 'left_passages', 'former_vectors', 'histories', 'version_sources', 'snapshots'])
    database.exec(`DROP TABLE ${table}`);
  database.exec(`DROP INDEX documents_history; DROP INDEX documents_title`);
  for (const column of ['history_id', 'version', 'reason', 'since', 'since_generation', 'file_hash'])
    database.exec(`ALTER TABLE documents DROP COLUMN ${column}`);
  const before = migrations.findIndex((sql) => sql.includes('CREATE TABLE versions'));
  database.pragma(`user_version = ${before}`);
  const old = openTemporaryStore(path, { readOnly: true });
  expect(old.historyFigures().versions).toBe(0);
  expect(old.snapshots()).toEqual([]);
  expect(old.documents({}, 10, 0)).toEqual([]);
});
