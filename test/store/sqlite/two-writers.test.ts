import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { addSampleSource, addSamples, axis, pathsOf, sampleDocument } from '../sample-document.ts';
import { openRaw, openTemporaryStore, temporaryDatabasePath } from '../temporary-store.ts';

const lockHolder = fileURLToPath(new URL('hold-write-lock.mjs', import.meta.url));

test('a write waits for the process that has the lock, and is not lost', async () => {
  const path = temporaryDatabasePath();
  const store = openTemporaryStore(path);
  const source = addSampleSource(store);
  const before = store.generation();
  const holder = fork(lockHolder, [path, '600']);
  const ended = once(holder, 'exit');
  await once(holder, 'message');
  const started = performance.now();
  store.write((writer) => writer.putDocument(sampleDocument(source, { path: 'a', text: 'alpha', vector: axis(0) })));
  expect(performance.now() - started).toBeGreaterThan(200);
  expect(await ended).toEqual([0, null]);
  expect(store.generation()).toBe(before + 2);
  expect(store.checkIntegrity()).toEqual([]);
});

test('while another process writes, reading goes on with what was there before', async () => {
  const path = temporaryDatabasePath();
  const store = openTemporaryStore(path);
  addSamples(store, [{ path: 'a', text: 'alpha', vector: axis(0) }]);
  const before = store.generation();
  const holder = fork(lockHolder, [path, '400']);
  const ended = once(holder, 'exit');
  await once(holder, 'message');
  expect(store.searchWords({ terms: ['alpha'], phrases: [] }, 1, {})).toHaveLength(1);
  expect(store.searchVectors(axis(0), 1, {})).toHaveLength(1);
  expect(store.generation()).toBe(before);
  await ended;
  expect(store.generation()).toBe(before + 1);
});

test('a process that is killed in the middle of a write leaves nothing of it', async () => {
  const path = temporaryDatabasePath();
  const store = openTemporaryStore(path);
  const before = store.generation();
  const holder = fork(lockHolder, [path, '60000']);
  const ended = once(holder, 'exit');
  await once(holder, 'message');
  holder.kill('SIGKILL');
  await ended;
  expect(store.generation()).toBe(before);
  addSamples(store, [{ path: 'a', text: 'alpha' }]);
  expect(store.checkIntegrity()).toEqual([]);
});

test('two stores on one file see what the other wrote, by words and by vectors', () => {
  const path = temporaryDatabasePath();
  const one = openTemporaryStore(path);
  const two = openTemporaryStore(path);
  const source = addSampleSource(one);
  expect(two.searchVectors(axis(0), 5, {})).toEqual([]);
  for (let round = 0; round < 10; round++) {
    const [writer, reader] = round % 2 === 0 ? [one, two] : [two, one];
    const text = `alpha word${round}`;
    writer.write((w) => w.putDocument(sampleDocument(source, { path: `${round}`, text, vector: axis(round) })));
    expect(pathsOf(reader, reader.searchWords({ terms: [`word${round}`], phrases: [] }, 5, {}))).toEqual([`${round}`]);
    expect(pathsOf(reader, reader.searchVectors(axis(round), 2, {}))).toContain(`${round}`);
    expect(reader.searchVectors(axis(round), 100, {})).toHaveLength(round + 1);
    expect(reader.generation()).toBe(writer.generation());
  }
  two.write((w) => w.removeDocuments(two.documents({ paths: ['3'] }, 1, 0).map(({ row }) => row)));
  expect(pathsOf(one, one.searchVectors(axis(3), 100, {}))).not.toContain('3');
  expect(one.checkIntegrity()).toEqual([]);
});

test('a space that one process set is refused to another with another model', () => {
  const path = temporaryDatabasePath();
  const one = openTemporaryStore(path);
  const two = openTemporaryStore(path);
  one.write((writer) => writer.useSpace({ provider: 'a', model: 'm', dimensions: 4 }));
  const use = () => two.write((writer) => writer.useSpace({ provider: 'b', model: 'n', dimensions: 4 }));
  expect(use).toThrow(
    expect.objectContaining({ code: 'SPACE_MISMATCH', message: expect.stringMatching(/a\/m.*b\/n/) }),
  );
});

test('a process that reads for long does not hold up the moving of the log', () => {
  const path = temporaryDatabasePath();
  const store = openTemporaryStore(path);
  const reader = openRaw(path);
  reader.exec('BEGIN');
  reader.prepare('SELECT count(*) FROM documents').get();
  addSamples(store, [{ path: 'a', text: 'alpha' }]);
  const started = performance.now();
  store.checkpoint();
  expect(performance.now() - started).toBeLessThan(10_000);
  reader.exec('ROLLBACK');
  addSamples(store, [{ path: 'b', text: 'beta' }]);
  expect(store.counts().documents).toBe(2);
});

test('what is read while another process replaces it is whole or not there', async () => {
  const path = temporaryDatabasePath();
  const store = openTemporaryStore(path);
  addSamples(
    store,
    Array.from({ length: 20 }, (_, i) => ({ path: `${i}`, text: `alpha ${i}` })),
  );
  const chunkRows = openRaw(path).prepare<[], number>('SELECT id FROM chunks').pluck();
  const writer = fork(fileURLToPath(new URL('replace-documents.mjs', import.meta.url)), [path]);
  await once(writer, 'message');
  let read = 0;
  try {
    for (const end = performance.now() + 1500; performance.now() < end; ) {
      const rows = chunkRows.all();
      for (const { chunk, path } of store.chunks(rows).values()) {
        expect(chunk.text).toBe(`alpha ${path}`);
        read++;
      }
      for (const row of rows) expect(store.chunkText(row)).toMatch(/^(alpha \d+)?$/);
      for (const { source } of store.documents({}, 3, 0)) {
        expect(store.documentText(source.documentId)).toMatch(/^alpha \d+$/);
      }
    }
  } finally {
    writer.kill('SIGKILL');
    await once(writer, 'exit');
  }
  expect(read).toBeGreaterThan(0);
});

test('what another process wrote is no damage to a store that was open before', () => {
  const path = temporaryDatabasePath();
  const one = openTemporaryStore(path);
  const two = openTemporaryStore(path);
  const texts = (from: number) =>
    Array.from({ length: 40 }, (_, i) => ({ path: `${from + i}`, text: `alpha ${from + i}` }));
  addSamples(one, texts(0));
  expect(one.searchWords({ terms: ['alpha'], phrases: [] }, 1, {})).toHaveLength(1);
  // Enough writes for the index to be merged anew.
  for (let from = 0; from < 40 * 40; from += 40) addSamples(two, texts(from));
  expect(one.checkIntegrity()).toEqual([]);
  expect(two.checkIntegrity()).toEqual([]);
});
