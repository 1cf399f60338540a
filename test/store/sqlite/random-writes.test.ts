import { expect, test } from 'vitest';
import type { DocumentId } from '../../../src/domain/ids.ts';
import { readVarints } from '../../../src/store/sqlite/varint.ts';
import type { Store } from '../../../src/store/types.ts';
import { createRandom } from '../../chunk/markdown-like.ts';
import { addSampleSource, axis, type Sample, sampleDocument, sampleId } from '../sample-document.ts';
import { openRaw, openTemporaryStore, temporaryDatabasePath } from '../temporary-store.ts';

const WORDS = [
  'alpha',
  'beta',
  'gamma',
  'getUserName',
  'snake_case',
  'Zürich',
  '東京都',
  'ชาร้อน',
  '학교에서',
  'हिन्दी',
  '😀',
];
const PATHS = ['a.md', 'b.md', 'c/d.md', 'c/e.txt', '東京.md'];

/** Rows of every index, read past the store. */
function rowCounts(path: string) {
  const database = openRaw(path);
  const count = (table: string): number => Number(database.prepare(`SELECT count(*) FROM ${table}`).pluck().get());
  const counts = {
    documents: count('documents'),
    texts: count('(SELECT DISTINCT document_id FROM document_texts)'),
    tags: count('document_tags'),
    chunks: count('chunks'),
    words: count('chunk_words_docsize'),
    grams: count('chunk_grams_docsize'),
    marked: count('chunks WHERE has_grams = 1'),
    vectors: count('vectors_1'),
    vectorRows: count('vectors_1_rowids'),
    foreignVectors: count('vectors_1_rowids WHERE rowid NOT IN (SELECT id FROM chunks)'),
  };
  database.close();
  return counts;
}

/** What BM25 divides by, as FTS5 keeps it, and as it follows from the rows. */
function wordTotals(path: string, table: string) {
  const database = openRaw(path);
  const kept = readVarints(database.prepare(`SELECT block FROM ${table}_data WHERE id = 1`).pluck().get() as Buffer);
  const sizes = database.prepare(`SELECT sz FROM ${table}_docsize`).pluck().all() as Buffer[];
  database.close();
  const counted = sizes
    .map(readVarints)
    .reduce((sums, row) => sums.map((sum, i) => sum + row[i]!), kept.map(() => 0).slice(1));
  return { kept, counted: [sizes.length, ...counted] };
}

type Model = Map<DocumentId, { collection: string; text: string; vectors: number }>;

/** What the store must hold after the same steps, checked in every way that the port offers. */
function check(store: Store, path: string, model: Model): void {
  expect(store.checkIntegrity()).toEqual([]);
  const documents = store.documents({}, 1000, 0);
  expect(new Set(documents.map(({ source }) => source.documentId))).toEqual(new Set(model.keys()));
  for (const { row, source } of documents) {
    const { text, collection } = model.get(source.documentId)!;
    expect(source.collection).toBe(collection);
    expect(store.documentText(source.documentId)).toBe(text);
    for (const chunk of store.documentChunks(row)) {
      expect(chunk.text).toBe(text.slice(chunk.span.start, chunk.span.end));
      expect(store.documentText(source.documentId, chunk.span)).toBe(chunk.text);
    }
  }
  const found = [
    ...store.searchWords({ terms: WORDS, phrases: [] }, 1000, {}),
    ...store.searchGrams({ terms: WORDS, phrases: [] }, 1000, {}),
    ...store.searchVectors(axis(0), 1000, {}),
  ];
  const chunks = store.chunks(found.map(({ row }) => row));
  for (const { row } of found) expect(model.has(chunks.get(row)!.document.documentId)).toBe(true);
  const vectors = [...model.values()].reduce((sum, document) => sum + document.vectors, 0);
  const counts = rowCounts(path);
  expect(counts).toMatchObject({
    documents: model.size,
    texts: model.size,
    words: counts.chunks,
    grams: counts.marked,
    vectors,
    vectorRows: vectors,
    foreignVectors: 0,
  });
  for (const table of ['chunk_words', 'chunk_grams']) {
    const { kept, counted } = wordTotals(path, table);
    if (kept.length > 0) expect(kept).toEqual(counted);
  }
}

test.each([1, 2, 3, 4, 5, 6])(
  'after any sequence of writes every index holds what the documents say (seed %i)',
  (seed) => {
    const random = createRandom(seed);
    const pick = <Item>(items: readonly Item[]): Item => items[random(items.length)]!;
    const path = temporaryDatabasePath();
    const store = openTemporaryStore(path);
    const model: Model = new Map();
    let collections = ['one', 'two'];
    const sourceOf = (collection: string, number: number) =>
      addSampleSource(store, collection, `file:///root${number}`);

    const randomText = () => {
      const paragraphs = Array.from({ length: random(5) }, () =>
        Array.from({ length: 1 + random(6) }, () => pick(WORDS)).join(' '),
      );
      return paragraphs.join('\n\n');
    };
    const documents = () => store.documents({}, 1000, 0);
    const steps: (() => void)[] = [
      ...Array.from({ length: 4 }, () => () => {
        const collection = pick(collections);
        const number = random(2);
        const source = sourceOf(collection, number);
        const name = pick(PATHS);
        const uri = `file:///root${number}/${name}`;
        const text = randomText();
        const sample: Sample = {
          path: name,
          uri,
          text,
          collection,
          title: pick(['', 'Plan', '計画']),
          tags: [pick(['x', 'y']), 'z'],
          vector: (i) => (random(3) ? axis(i) : null),
        };
        const document = sampleDocument(source, sample);
        store.write((writer) => writer.putDocument(document));
        const vectors = document.chunks.filter(({ vector }) => vector).length;
        model.set(document.id, { collection, text, vectors });
      }),
      () => {
        const document = documents()[random(Math.max(1, model.size))];
        if (!document) return;
        const uri = `file:///root-moved/${random(1e9)}`;
        const id = sampleId('moved', uri);
        const title = pick(['moved', '移動', 'ย้าย']);
        store.write((writer) =>
          writer.moveDocument(document.row, { id, uri, path: 'moved', title, size: 1, mtimeMs: 1 }),
        );
        const entry = model.get(document.source.documentId)!;
        model.delete(document.source.documentId);
        model.set(id, entry);
      },
      () => {
        const chosen = documents().filter(() => random(3) === 0);
        store.write((writer) => writer.removeDocuments(chosen.map(({ row }) => row)));
        for (const { source } of chosen) model.delete(source.documentId);
      },
      () => {
        const sources = store.sources();
        if (sources.length === 0) return;
        const source = pick(sources);
        const gone = documents().filter(({ sourceRow }) => sourceRow === source.row);
        store.write((writer) => writer.removeSource(source.row));
        for (const document of gone) model.delete(document.source.documentId);
      },
      () => {
        const from = pick(collections);
        if (!store.collections().some(({ name }) => name === from)) return;
        const to = `renamed${random(1e6)}`;
        const uris = new Map(documents().map(({ source }) => [source.documentId, source.uri]));
        store.write((writer) => writer.renameCollection(from, to, (uri) => sampleId(to, uri)));
        collections = collections.map((name) => (name === from ? to : name));
        for (const [id, entry] of [...model]) {
          if (entry.collection !== from) continue;
          model.delete(id);
          model.set(sampleId(to, uris.get(id)!), { ...entry, collection: to });
        }
      },
      () => {
        const name = pick(collections);
        if (random(3) > 0 || !store.collections().some((collection) => collection.name === name)) return;
        store.write((writer) => writer.removeCollection(name));
        for (const [id, entry] of [...model]) if (entry.collection === name) model.delete(id);
      },
      () => {
        const failing = () =>
          store.write((writer) => {
            writer.removeDocuments(documents().map(({ row }) => row));
            throw new Error('undone');
          });
        expect(failing).toThrow('undone');
      },
    ];

    sourceOf('one', 0);
    for (let step = 0; step < 60; step++) {
      pick(steps)();
      check(store, path, model);
    }
    store.write((writer) => writer.removeDocuments(documents().map(({ row }) => row)));
    expect(rowCounts(path)).toEqual({
      documents: 0,
      texts: 0,
      tags: 0,
      chunks: 0,
      words: 0,
      grams: 0,
      marked: 0,
      vectors: 0,
      vectorRows: 0,
      foreignVectors: 0,
    });
  },
);
