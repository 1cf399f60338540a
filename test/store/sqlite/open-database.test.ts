import { execFileSync } from 'node:child_process';
import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, test } from 'vitest';
import type { RagError } from '../../../src/platform/errors.ts';
import { createStore } from '../../../src/store/sqlite/create-store.ts';
import { migrations } from '../../../src/store/sqlite/migrations/migrations.ts';
import { fixedClock } from '../../../src/testing/fixed-clock.ts';
import { addSampleSource, addSamples, axis, sampleDocument } from '../sample-document.ts';
import { openRaw, openTemporaryStore, temporaryDatabasePath } from '../temporary-store.ts';

const open = (path: string, options: { create?: boolean; readOnly?: boolean } = {}) =>
  createStore({ path, create: options.create ?? true, readOnly: options.readOnly ?? false, clock: fixedClock() });

/** The error must name the file and say what to do. */
function refusalOf(path: string, options?: { create?: boolean; readOnly?: boolean }): RagError {
  let error: unknown;
  try {
    open(path, options).close();
  } catch (thrown) {
    error = thrown;
  }
  expect(error).toMatchObject({ name: 'RagError', message: expect.stringContaining(path), hint: expect.any(String) });
  return error as RagError;
}

describe('a new database', () => {
  test('is made with its folders, in WAL mode, with foreign keys and an application id', () => {
    const path = join(dirname(temporaryDatabasePath()), 'deep', 'er', 'rag.db');
    const store = openTemporaryStore(path);
    expect(store.schemaVersion).toBe(migrations.length);
    const raw = openRaw(path);
    expect(raw.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(raw.pragma('application_id', { simple: true })).toBe(0x52414753);
    expect(raw.pragma('user_version', { simple: true })).toBe(migrations.length);
  });

  test('is made of an empty file', () => {
    const path = temporaryDatabasePath();
    writeFileSync(path, '');
    openTemporaryStore(path);
    expect(statSync(path).size).toBeGreaterThan(0);
  });

  test('is not made where it must exist, nor for reading only', () => {
    const path = temporaryDatabasePath();
    expect(refusalOf(path, { create: false }).code).toBe('DB_MISSING');
    expect(refusalOf(path, { readOnly: true }).code).toBe('DB_MISSING');
    expect(existsSync(path)).toBe(false);
  });

  test('opens again with what was put, and leaves no log behind when it is closed', () => {
    const path = temporaryDatabasePath();
    const first = open(path);
    addSamples(first, [{ path: 'a', text: 'alpha', vector: axis(0) }]);
    first.close();
    expect(readdirSync(dirname(path))).toEqual(['rag.db']);
    const second = openTemporaryStore(path);
    expect(second.counts()).toMatchObject({ documents: 1, vectors: 1 });
    expect(second.searchVectors(axis(0), 1, {})).toHaveLength(1);
  });

  test('is one file: a copy of it holds the same', () => {
    const path = temporaryDatabasePath();
    const store = openTemporaryStore(path);
    addSamples(store, [{ path: 'a', text: 'alpha 東京', vector: axis(0) }]);
    store.checkpoint();
    const copy = join(dirname(path), 'copy.db');
    copyFileSync(path, copy);
    const copied = openTemporaryStore(copy);
    expect(copied.checkIntegrity()).toEqual([]);
    expect(copied.counts()).toEqual(store.counts());
    expect(copied.searchWords({ terms: ['alpha'], phrases: [] }, 1, {})).toHaveLength(1);
  });
});

describe('what is no ragstone database is refused and left as it was', () => {
  const files: readonly [what: string, write: (path: string) => void, code: string][] = [
    ['a text file', (path) => writeFileSync(path, 'Dear diary,\n'.repeat(1000)), 'DB_NOT_RAGSTONE'],
    ['one byte', (path) => writeFileSync(path, 'x'), 'DB_NOT_RAGSTONE'],
    ['only the magic of SQLite', (path) => writeFileSync(path, 'SQLite format 3\0'), 'DB_NOT_RAGSTONE'],
    [
      'the magic of SQLite before noise',
      (path) => writeFileSync(path, Buffer.concat([Buffer.from('SQLite format 3\0'), Buffer.alloc(8192, 0xa5)])),
      'DB_NOT_RAGSTONE',
    ],
    ['a database of another program', otherDatabase, 'DB_NOT_RAGSTONE'],
    ['a newer ragstone database', newerDatabase, 'DB_TOO_NEW'],
  ];

  test.each(files)('%s', (_, write, code) => {
    const path = temporaryDatabasePath();
    write(path);
    const before = readFileSync(path);
    for (const options of [{ readOnly: true }, { create: false }, {}]) expect(refusalOf(path, options).code).toBe(code);
    expect(readFileSync(path).equals(before)).toBe(true);
    expect(readdirSync(dirname(path))).toEqual(['rag.db']);
  });

  test('a newer database says which versions meet', () => {
    const path = temporaryDatabasePath();
    newerDatabase(path);
    expect(refusalOf(path).message).toContain(`${migrations.length + 1}`);
  });

  test('a folder', () => {
    const path = temporaryDatabasePath();
    mkdirSync(path);
    expect(refusalOf(path)).toMatchObject({
      code: 'DB_NOT_RAGSTONE',
      message: expect.stringContaining('is a folder'),
      hint: expect.stringContaining(join(path, 'rag.db')),
    });
    const inside = join(path, '.rag', 'rag.db');
    open(inside).close();
    expect(refusalOf(path).hint).toContain(`--db ${inside}`);
  });

  test('a named pipe, without waiting for a writer', () => {
    const path = temporaryDatabasePath();
    execFileSync('mkfifo', [path]);
    expect(refusalOf(path).code).toBe('DB_NOT_RAGSTONE');
  });

  test('an empty file for reading only', () => {
    const path = temporaryDatabasePath();
    writeFileSync(path, '');
    expect(refusalOf(path, { readOnly: true }).code).toBe('DB_NOT_RAGSTONE');
    expect(statSync(path).size).toBe(0);
  });

  test('a path below a file', () => {
    const path = temporaryDatabasePath();
    writeFileSync(path, 'x');
    expect(['DB_READ_ONLY', 'DB_MISSING']).toContain(refusalOf(join(path, 'rag.db')).code);
  });
});

describe('reading only', () => {
  test('reads and searches, and refuses every write', () => {
    const path = temporaryDatabasePath();
    addSamples(openTemporaryStore(path), [{ path: 'a', text: 'alpha', vector: axis(0) }]);
    const store = openTemporaryStore(path, { readOnly: true });
    expect(store.readOnly).toBe(true);
    expect(store.searchWords({ terms: ['alpha'], phrases: [] }, 1, {})).toHaveLength(1);
    expect(store.searchVectors(axis(0), 1, {})).toHaveLength(1);
    expect(() => store.write(() => {})).toThrow(expect.objectContaining({ code: 'DB_READ_ONLY' }));
    expect(() => addSampleSource(store)).toThrow(expect.objectContaining({ code: 'DB_READ_ONLY' }));
  });
});

describe('damage', () => {
  const bigDatabase = (): string => {
    const path = temporaryDatabasePath();
    const store = open(path);
    addSamples(
      store,
      Array.from({ length: 60 }, (_, i) => ({
        path: `${i}`,
        text: `word${i} alpha 東京 `.repeat(400),
        vector: axis(i),
      })),
    );
    store.close();
    return path;
  };

  /** Everything that a session may do; each must work or say what is wrong, by the project's error. */
  function useAll(path: string): string[] {
    const codes: string[] = [];
    const attempt = (work: () => unknown) => {
      try {
        work();
      } catch (error) {
        codes.push((error as RagError).code);
        expect(error).toMatchObject({ name: 'RagError', hint: expect.any(String) });
      }
    };
    let store: ReturnType<typeof open> | undefined;
    attempt(() => {
      store = open(path);
    });
    if (!store) return codes;
    const opened = store;
    attempt(() => opened.counts());
    attempt(() => opened.documents({}, 1000, 0).map(({ row }) => [opened.document(row), opened.documentChunks(row)]));
    attempt(() => opened.chunks(opened.searchWords({ terms: ['alpha'], phrases: [] }, 1000, {}).map(({ row }) => row)));
    attempt(() => opened.searchGrams({ terms: ['東京'], phrases: [] }, 1000, {}));
    attempt(() => opened.searchVectors(axis(0), 1000, {}));
    attempt(() => opened.searchVectors(axis(0), 1000, { collections: ['default'] }));
    attempt(() => opened.sources().map(({ row }) => opened.knownItems(row)));
    attempt(() => {
      const source = opened.sources()[0]!.row;
      opened.write((writer) =>
        writer.putDocument(sampleDocument(source, { path: 'new', text: 'new', vector: axis(1) })),
      );
    });
    attempt(() => {
      if (opened.checkIntegrity().length > 0) codes.push('found by the check');
    });
    opened.close();
    return codes;
  }

  test.each([1, 2, 3])(
    'pages overwritten with noise are an error of the database, never another (round %i)',
    (round) => {
      const path = bigDatabase();
      const { size } = statSync(path);
      const file = openSync(path, 'r+');
      const noise = Buffer.alloc(8192, 0x5a);
      for (let page = 2 + round; page * 8192 < size; page += 4) writeSync(file, noise, 0, noise.length, page * 8192);
      closeSync(file);
      const codes = useAll(path);
      expect(codes).toContain('DB_DAMAGED');
      for (const code of codes)
        expect(['DB_DAMAGED', 'DB_FAILED', 'DB_NOT_RAGSTONE', 'found by the check']).toContain(code);
    },
  );

  test.each([0.1, 0.5, 0.9])('a file cut off at %d of its length is an error of the database', (share) => {
    const path = bigDatabase();
    truncateSync(path, Math.floor((statSync(path).size * share) / 8192) * 8192 + 100);
    expect(useAll(path)).not.toEqual([]);
  });

  test('an index that lost a row is found by the check', () => {
    const path = temporaryDatabasePath();
    const store = openTemporaryStore(path);
    addSamples(store, [{ path: 'a', text: 'alpha\n\nbeta 東京', vector: axis(0) }]);
    const raw = openRaw(path);
    raw.prepare('DELETE FROM chunk_words WHERE rowid = 1').run();
    expect(store.checkIntegrity()).toEqual([expect.stringContaining('word index')]);
    raw.prepare('DELETE FROM chunk_grams WHERE rowid = 2').run();
    expect(store.checkIntegrity()).toEqual([
      expect.stringContaining('word index'),
      expect.stringContaining('n-gram index'),
    ]);
    raw.pragma('foreign_keys = OFF');
    raw.prepare('DELETE FROM documents').run();
    expect(store.checkIntegrity().join('\n')).toMatch(/chunks are stored|refers to a row that is gone/);
  });

  test('a vector without its chunk is found by the check', () => {
    const path = temporaryDatabasePath();
    const store = openTemporaryStore(path);
    addSamples(store, [
      { path: 'a', text: 'alpha', vector: null },
      { path: 'b', text: 'beta', vector: axis(0) },
    ]);
    openRaw(path)
      .prepare('INSERT INTO vectors_1 (chunk_id, embedding) VALUES (?, vec_int8(?))')
      .run(77n, Buffer.alloc(8, 1));
    expect(store.checkIntegrity()).toEqual([expect.stringContaining('vector')]);
  });
});

function otherDatabase(path: string): void {
  const database = new Database(path);
  database.exec(
    'CREATE TABLE documents (id INTEGER PRIMARY KEY, title TEXT); INSERT INTO documents VALUES (1, $$x$$)'.replaceAll(
      '$$',
      "'",
    ),
  );
  database.close();
}

function newerDatabase(path: string): void {
  open(path).close();
  const database = new Database(path);
  database.pragma(`user_version = ${migrations.length + 1}`);
  database.close();
}

test.each([
  ['deleted', (path: string) => rmSync(path)],
  [
    'replaced',
    (path: string) => {
      copyFileSync(path, `${path}.copy`);
      renameSync(`${path}.copy`, path);
    },
  ],
])('what would be written to a file that was %s while it was open is refused', (what, spoil) => {
  const path = temporaryDatabasePath();
  const store = openTemporaryStore(path);
  addSamples(store, [{ path: 'a', text: 'alpha' }]);
  spoil(path);
  const refused = expect.objectContaining({ code: 'DB_MISSING', message: expect.stringContaining(what) });
  expect(() => addSampleSource(store)).toThrow(refused);
  expect(() => store.checkpoint()).toThrow(refused);
});

test('a store that was closed says so', () => {
  const store = openTemporaryStore();
  store.close();
  expect(() => store.close()).not.toThrow();
  const closed = expect.objectContaining({ code: 'DB_FAILED', message: expect.stringContaining('was closed') });
  expect(() => store.counts()).toThrow(closed);
  expect(() => addSampleSource(store)).toThrow(closed);
});
