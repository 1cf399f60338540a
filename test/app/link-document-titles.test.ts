import { setImmediate } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { areTitlesLinked } from '../../src/app/ingest/are-titles-linked.ts';
import { linkDocumentTitles } from '../../src/app/ingest/link-document-titles.ts';
import type { Store } from '../../src/store/types.ts';
import { addSamples } from '../store/sample-document.ts';
import { openTemporaryStore, temporaryDatabasePath } from '../store/temporary-store.ts';

type Sample = { readonly path: string; readonly title: string; readonly text: string };

/** Document n says the titles of the two after it, without capitals. */
const sampleOf = (n: number): Sample => ({
  path: `${n}.md`,
  title: `Manual ${name(n)}`,
  text: `read manual ${name(n + 1)} and manual ${name(n + 2)} before you go on.\n\n${'and so on and on. '.repeat(200)}`,
});
const name = (n: number): string =>
  `${'kilo lima mike november oscar papa'.split(' ')[n % 6]} ${String.fromCharCode(97 + (n % 26))}${n}`;
const samples = (from: number, to: number): Sample[] => Array.from({ length: to - from }, (_, i) => sampleOf(from + i));

/** By path: how many bytes of links each document has. */
function linksOf(store: Store): [string, string][] {
  const found: [string, string][] = [];
  store.readMentions(({ path, titleLinks }) => found.push([path, Buffer.from(titleLinks ?? []).toString('hex')]));
  return found.sort();
}

async function linkedAtOnce(documents: readonly Sample[]): Promise<[string, string][]> {
  const store = openTemporaryStore();
  addSamples(store, documents);
  await linkDocumentTitles(store);
  return linksOf(store);
}

test('texts are read outside the write lock', async () => {
  const store = openTemporaryStore();
  addSamples(store, samples(0, 30));
  let isLocked = false;
  const outside =
    <Parameters extends unknown[], Result>(read: (...parameters: Parameters) => Result) =>
    (...parameters: Parameters): Result => {
      expect(isLocked).toBe(false);
      return read(...parameters);
    };
  await linkDocumentTitles({
    ...store,
    document: outside(store.document),
    mentionsOf: outside(store.mentionsOf),
    documentTitles: outside(store.documentTitles),
    write: (work) =>
      store.write((writer) => {
        isLocked = true;
        try {
          return work(writer);
        } finally {
          isLocked = false;
        }
      }),
  });
  expect(linksOf(store)).toEqual(await linkedAtOnce(samples(0, 30)));
});

test('what another process adds and removes meanwhile is linked as if it had been there before', async () => {
  const path = temporaryDatabasePath();
  const store = openTemporaryStore(path);
  const other = openTemporaryStore(path);
  const lone = [0, 1, 2, 3].map((n) => ({
    path: `lone-${n}.md`,
    title: `Lone ${n}`,
    text: 'read manual lima b1 only',
  }));
  addSamples(store, [...samples(0, 250), ...lone]);
  const linking = linkDocumentTitles(store);
  for (let n = 250; n < 262; n += 3) {
    await setImmediate();
    addSamples(other, samples(n, n + 3));
    const [row] = other.findDocuments(`lone-${(n - 250) / 3}.md`, 1);
    other.write((writer) => writer.removeDocuments([row!.row]));
  }
  await linking;
  await linkDocumentTitles(other);
  expect(linksOf(store)).toEqual(await linkedAtOnce(samples(0, 262)));
});

test('a run that ends early is completed by the next, and then nothing is left', async () => {
  const store = openTemporaryStore();
  addSamples(store, samples(0, 40));
  await linkDocumentTitles(store);
  addSamples(store, samples(40, 120));
  let writes = 0;
  const stop = new AbortController();
  const stopping: Store = {
    ...store,
    write(work) {
      if (writes++ === 1) throw new Error('killed');
      return store.write(work);
    },
  };
  await expect(linkDocumentTitles(stopping)).rejects.toThrow('killed');
  stop.abort();
  await linkDocumentTitles(store, { signal: stop.signal });
  expect(store.documentsWithoutTitleLinks()).not.toEqual([]);
  await linkDocumentTitles(store);
  expect(store.documentsWithoutTitleLinks()).toEqual([]);
  expect(linksOf(store)).toEqual(await linkedAtOnce(samples(0, 120)));
});

test('two at once in one process do the work once', async () => {
  const store = openTemporaryStore();
  addSamples(store, samples(0, 60));
  const read: string[] = [];
  const counting: Store = {
    ...store,
    documentPath: (row) => {
      read.push(store.documentPath(row));
      return store.documentPath(row);
    },
  };
  await Promise.all([linkDocumentTitles(counting), linkDocumentTitles(counting)]);
  expect(read).toHaveLength(60);
  expect(linksOf(store)).toEqual(await linkedAtOnce(samples(0, 60)));
});

test('in a hurry it waits for no writer, and the next run does what was left', async () => {
  const path = temporaryDatabasePath();
  const store = openTemporaryStore(path);
  const other = new Database(path);
  addSamples(store, samples(0, 20));
  const before = store.generation();
  other.exec('BEGIN IMMEDIATE');
  await linkDocumentTitles(store, { isHurried: true });
  expect(other.inTransaction).toBe(true);
  expect(store.generation()).toBe(before);
  other.exec('ROLLBACK');
  other.close();
  expect(areTitlesLinked(store)).toBe(false);
  await linkDocumentTitles(store, { isHurried: true });
  expect(areTitlesLinked(store)).toBe(true);
  expect(linksOf(store)).toEqual(await linkedAtOnce(samples(0, 20)));
});

test('in a hurry much work is left to the next ingest, and nobody is waited for', async () => {
  const store = openTemporaryStore();
  addSamples(store, samples(0, 200));
  let read = 0;
  const counting: Store = {
    ...store,
    document: (row) => {
      read++;
      return store.document(row);
    },
  };
  await linkDocumentTitles(counting, { isHurried: true });
  expect(read).toBe(0);
  const patient = linkDocumentTitles(counting);
  await linkDocumentTitles(counting, { isHurried: true });
  expect(areTitlesLinked(store)).toBe(false);
  await patient;
  expect(areTitlesLinked(store)).toBe(true);
});
