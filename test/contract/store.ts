import { describe, expect, test } from 'vitest';
import { chunkIdOf } from '../../src/domain/ids.ts';
import type { Store } from '../../src/store/types.ts';
import {
  addSampleSource,
  addSamples,
  axis,
  pathsOf,
  SAMPLE_SPACE,
  sampleDocument,
  sampleId,
  turned,
} from '../store/sample-document.ts';

export type StoreCase = {
  readonly name: string;
  /** A new, empty store. */
  readonly open: () => Store;
};

const words = (...terms: string[]) => ({ terms, phrases: [] });
const phrase = (...phrases: string[]) => ({ terms: [], phrases });

/** What holds for every store. */
export function describeStore({ name, open }: StoreCase): void {
  describe(`store ${name}`, () => {
    test('a new store is empty, sound and has no space', () => {
      const store = open();
      expect(store.counts()).toEqual({ documents: 0, chunks: 0, vectors: 0, textLength: 0 });
      expect(store.checkIntegrity()).toEqual([]);
      expect(store.space()).toBeNull();
      expect(store.collections()).toEqual([]);
      expect(store.searchWords(words('anything'), 10, {})).toEqual([]);
      expect(store.searchGrams(words('東京'), 10, {})).toEqual([]);
      expect(store.searchVectors(axis(0), 10, {})).toEqual([]);
    });

    test('a document comes back as it was put', () => {
      const store = open();
      const source = addSampleSource(store);
      const document = sampleDocument(source, {
        path: 'notes/a.md',
        title: 'Notes',
        text: '# Notes\n\nFirst paragraph.\n\nSecond one.',
        type: 'md',
        mediaType: 'text/markdown',
        modifiedAt: '2026-02-03T04:05:06.000Z',
        language: 'en',
        firstLine: 4,
        tags: ['work', 'draft'],
        metadata: { author: 'Ada', nested: { list: [1, null] } },
        sections: [{ kind: 'heading', title: 'Notes', level: 1, span: { start: 0, end: 38 } }],
        headingPath: ['Notes'],
        vector: axis(1),
      });
      store.write((writer) => writer.putDocument(document));
      const [stored] = store.documents({}, 10, 0);
      expect(stored).toMatchObject({ path: 'notes/a.md', chunks: 3, contentHash: document.contentHash });
      expect(store.documentMetadata(document.id)).toEqual(document.metadata);
      expect(store.documentMetadata('0000000000000000' as typeof document.id)).toBeNull();
      const read = store.document(stored!.row);
      expect(read).toMatchObject({
        id: document.id,
        text: document.text,
        firstLine: 4,
        language: 'en',
        sections: document.sections,
        metadata: document.metadata,
        contentHash: document.contentHash,
        source: {
          documentId: document.id,
          collection: 'default',
          uri: 'file:///root/notes/a.md',
          title: 'Notes',
          type: 'md',
          mediaType: 'text/markdown',
          modifiedAt: '2026-02-03T04:05:06.000Z',
        },
      });
      expect([...read.tags].sort()).toEqual(['draft', 'work']);
      const chunks = store.documentChunks(stored!.row);
      expect(chunks.map(({ text }) => text)).toEqual(['# Notes\n\n', 'First paragraph.\n\n', 'Second one.']);
      expect(chunks.map(({ id }) => id)).toEqual([0, 1, 2].map((ordinal) => chunkIdOf(document.id, ordinal)));
      expect(chunks.every(({ headingPath }) => headingPath[0] === 'Notes')).toBe(true);
      expect(store.counts()).toMatchObject({ documents: 1, chunks: 3, vectors: 3, textLength: document.text.length });
    });

    test('a document without text is kept without chunks', () => {
      const store = open();
      addSamples(store, [{ path: 'empty.txt', text: '' }]);
      const [stored] = store.documents({}, 1, 0);
      expect(stored).toMatchObject({ chunks: 0 });
      expect(store.documentText(stored!.source.documentId)).toBe('');
      expect(store.checkIntegrity()).toEqual([]);
    });

    test('a replaced document is found by its new words and vectors only', () => {
      const store = open();
      const source = addSamples(store, [{ path: 'a', text: 'alpha\n\nbeta 東京都', vector: axis(0) }]);
      store.write((w) => w.putDocument(sampleDocument(source, { path: 'a', text: 'gamma 大阪府', vector: axis(1) })));
      expect(store.counts()).toMatchObject({ documents: 1, chunks: 1, vectors: 1 });
      expect(store.searchWords(words('alpha', 'beta'), 10, {})).toEqual([]);
      expect(store.searchGrams(words('東京'), 10, {})).toEqual([]);
      expect(pathsOf(store, store.searchWords(words('gamma'), 10, {}))).toEqual(['a']);
      expect(pathsOf(store, store.searchGrams(words('大阪'), 10, {}))).toEqual(['a']);
      expect(store.searchVectors(axis(1), 10, {})[0]!.score).toBeCloseTo(1, 3);
      expect(store.checkIntegrity()).toEqual([]);
    });

    test('a removed document is found by nothing and has no text', () => {
      const store = open();
      addSamples(store, [
        { path: 'gone', text: 'common alpha 東京', vector: axis(0) },
        { path: 'kept', text: 'common beta 東京', vector: axis(0) },
      ]);
      const gone = store.documents({ paths: ['gone'] }, 1, 0)[0]!;
      store.write((writer) => writer.removeDocuments([gone.row]));
      expect(pathsOf(store, store.searchWords(words('common', 'alpha'), 10, {}))).toEqual(['kept']);
      expect(pathsOf(store, store.searchGrams(words('東京'), 10, {}))).toEqual(['kept']);
      expect(pathsOf(store, store.searchVectors(axis(0), 10, {}))).toEqual(['kept']);
      expect(store.documentText(gone.source.documentId)).toBeNull();
      expect(store.wordsContaining('alph', 10)).toEqual([]);
      expect(store.checkIntegrity()).toEqual([]);
    });

    test('a moved document keeps its chunks and vectors and takes its new name', () => {
      const store = open();
      const source = addSamples(store, [{ path: 'old.txt', title: 'oldname', text: 'alpha beta', vector: axis(2) }]);
      const { row } = store.documents({}, 1, 0)[0]!;
      const [before] = store.searchVectors(axis(2), 1, {});
      const uri = 'file:///root/new.txt';
      store.write((writer) =>
        writer.moveDocument(row, {
          id: sampleId('default', uri),
          uri,
          path: 'new.txt',
          title: 'newname',
          size: 10,
          mtimeMs: 2,
        }),
      );
      expect(store.searchVectors(axis(2), 1, {})).toEqual([before]);
      expect(store.searchWords(words('oldname'), 10, {})).toEqual([]);
      expect(pathsOf(store, store.searchWords(words('newname'), 10, {}))).toEqual(['new.txt']);
      expect(pathsOf(store, store.searchWords(words('alpha'), 10, {}))).toEqual(['new.txt']);
      expect([...store.knownItems(source).keys()]).toEqual([uri]);
      expect(store.documentChunks(row)[0]!.id).toBe(chunkIdOf(sampleId('default', uri), 0));
      expect(store.checkIntegrity()).toEqual([]);
    });

    test('moving between titles with and without an unspaced script keeps the n-gram index in step', () => {
      const store = open();
      addSamples(store, [{ path: 'old.txt', title: '東京', text: 'alpha beta' }]);
      const { row, source } = store.documents({}, 1, 0)[0]!;
      const to = { id: source.documentId, uri: source.uri, path: 'old.txt', size: 1, mtimeMs: 1 };
      store.write((writer) => writer.moveDocument(row, { ...to, title: 'plain' }));
      expect(store.searchGrams(words('東京'), 10, {})).toEqual([]);
      expect(store.checkIntegrity()).toEqual([]);
      store.write((writer) => writer.moveDocument(row, { ...to, title: '大阪' }));
      expect(pathsOf(store, store.searchGrams(words('大阪'), 10, {}))).toEqual(['old.txt']);
      expect(store.checkIntegrity()).toEqual([]);
    });

    test('removing a source removes its documents and failures only', () => {
      const store = open();
      const first = addSampleSource(store, 'default', 'file:///one');
      const second = addSampleSource(store, 'default', 'file:///two');
      store.write((writer) => {
        writer.putDocument(sampleDocument(first, { path: 'a', uri: 'file:///one/a', text: 'alpha', vector: axis(0) }));
        writer.putDocument(sampleDocument(second, { path: 'b', uri: 'file:///two/b', text: 'alpha', vector: axis(0) }));
        writer.putFailure(failureOf(first));
        writer.putFailure(failureOf(second));
        writer.removeSource(first);
      });
      expect(pathsOf(store, store.searchWords(words('alpha'), 10, {}))).toEqual(['b']);
      expect(store.sources().map(({ uri, documents, failures }) => ({ uri, documents, failures }))).toEqual([
        { uri: 'file:///two', documents: 1, failures: 1 },
      ]);
      expect(store.failures().map(({ sourceRow }) => sourceRow)).toEqual([second]);
      expect(store.checkIntegrity()).toEqual([]);
    });

    test('removing a collection removes all that is in it', () => {
      const store = open();
      addSamples(store, [{ path: 'a', text: 'alpha 東京', vector: axis(0) }], 'work');
      addSamples(store, [{ path: 'a', text: 'alpha 東京', vector: axis(0) }], 'home');
      store.write((writer) => writer.removeCollection('work'));
      expect(store.collections().map(({ name }) => name)).toEqual(['home']);
      expect(store.counts()).toMatchObject({ documents: 1, chunks: 1, vectors: 1 });
      expect(store.searchWords(words('alpha'), 10, {})).toHaveLength(1);
      expect(store.searchGrams(words('東京'), 10, {})).toHaveLength(1);
      expect(store.searchVectors(axis(0), 10, {})).toHaveLength(1);
      expect(store.checkIntegrity()).toEqual([]);
    });

    test('a renamed collection keeps its documents; a taken or unknown name is refused', () => {
      const store = open();
      addSamples(store, [{ path: 'a', text: 'alpha' }], 'work');
      addSamples(store, [], 'home');
      store.write((writer) => writer.renameCollection('work', 'office', (uri) => sampleId('office', uri)));
      const unused = () => sampleId('', '');
      const renamed = store.documents({ collections: ['office'] }, 10, 0);
      expect(renamed.map(({ source }) => source.documentId)).toEqual([sampleId('office', 'file:///root/a')]);
      expect(store.documents({ collections: ['work'] }, 10, 0)).toHaveLength(0);
      expect(() => store.write((w) => w.renameCollection('office', 'home', unused))).toThrow(
        expect.objectContaining({ code: 'USAGE' }),
      );
      expect(() => store.write((w) => w.renameCollection('nowhere', 'x', unused))).toThrow(
        expect.objectContaining({ code: 'NOT_FOUND' }),
      );
      expect(() => store.write((w) => w.removeCollection('nowhere'))).toThrow(
        expect.objectContaining({ code: 'NOT_FOUND' }),
      );
    });

    test('a write that throws leaves nothing behind', () => {
      const store = open();
      const source = addSamples(store, [{ path: 'a', text: 'alpha', vector: axis(0) }]);
      const before = { counts: store.counts(), generation: store.generation() };
      const work = () =>
        store.write((writer) => {
          writer.removeDocuments(store.documents({}, 10, 0).map(({ row }) => row));
          writer.putDocument(sampleDocument(source, { path: 'b', text: 'beta 東京', vector: axis(1) }));
          writer.ensureCollection('late');
          throw new Error('stop here');
        });
      expect(work).toThrow('stop here');
      expect({ counts: store.counts(), generation: store.generation() }).toEqual(before);
      expect(pathsOf(store, store.searchWords(words('alpha', 'beta'), 10, {}))).toEqual(['a']);
      expect(pathsOf(store, store.searchVectors(axis(1), 10, {}))).toEqual(['a']);
      expect(store.collections().map(({ name }) => name)).toEqual(['default']);
      expect(store.checkIntegrity()).toEqual([]);
    });

    test('the generation grows with every write', () => {
      const store = open();
      const before = store.generation();
      store.write((writer) => writer.ensureCollection('one'));
      store.write(() => {});
      expect(store.generation()).toBe(before + 2);
    });

    test('a source that is put again keeps its row and documents and takes the new options', () => {
      const store = open();
      const source = addSamples(store, [{ path: 'a', text: 'alpha' }]);
      const again = store.write((writer) =>
        writer.putSource({ kind: 'folder', uri: 'file:///root', options: { include: ['*.md'] } }, 'default', ['new']),
      );
      expect(again).toMatchObject({ row: source, options: { include: ['*.md'] }, tags: ['new'] });
      expect(store.sources()).toHaveLength(1);
      expect(store.documents({}, 10, 0)).toHaveLength(1);
    });

    test('known items are documents and failures, each once, the document first', () => {
      const store = open();
      const source = addSamples(store, [{ path: 'a', text: 'alpha', size: 5, mtimeMs: 17 }]);
      store.write((writer) => {
        writer.putFailure(failureOf(source));
        writer.putFailure({ ...failureOf(source), uri: 'file:///root/a' });
      });
      const known = store.knownItems(source);
      expect([...known.keys()].sort()).toEqual(['file:///root/a', 'file:///root/broken']);
      expect(known.get('file:///root/a')).toMatchObject({ size: 5, mtimeMs: 17, documentRow: expect.any(Number) });
      expect(known.get('file:///root/broken')).toMatchObject({ documentRow: null, contentHash: null, size: 3 });
      store.write((writer) => writer.removeFailures(source, ['file:///root/broken']));
      expect([...store.knownItems(source).keys()]).toEqual(['file:///root/a']);
    });

    test('each document names its source, and each failure is one elsewhere for the other sources', () => {
      const store = open();
      const first = addSamples(store, [{ path: 'a', text: 'alpha' }]);
      const second = addSampleSource(store, 'default', 'file:///second');
      const apart = addSampleSource(store, 'apart', 'file:///second');
      store.write((writer) => writer.putFailure(failureOf(second)));
      expect(store.sourceOfDocument(sampleId('default', 'file:///root/a'))).toBe(first);
      expect(store.sourceOfDocument(sampleId('default', 'file:///root/none'))).toBeNull();
      expect([...store.failingElsewhere('default', first)]).toEqual([failureOf(second).uri]);
      expect([...store.failingElsewhere('default', second)]).toEqual([]);
      expect([...store.failingElsewhere('apart', apart)]).toEqual([]);
    });

    test('nothing is written for a source that is gone, and nothing else is touched', () => {
      const store = open();
      addSamples(store, [{ path: 'a', text: 'alpha' }]);
      const gone = addSampleSource(store, 'default', 'file:///gone');
      store.write((writer) => writer.removeSource(gone));
      const orphan = sampleDocument(gone, { path: 'b', text: 'beta' });
      const missing = expect.objectContaining({ code: 'SOURCE_MISSING' });
      expect(() => store.write((writer) => writer.putDocument(orphan))).toThrow(missing);
      expect(() => store.write((writer) => writer.putFailure(failureOf(gone)))).toThrow(missing);
      expect(store.documents({}, 10, 0).map(({ row }) => store.document(row).text)).toEqual(['alpha']);
      expect(store.checkIntegrity()).toEqual([]);
    });

    test('the row of something that is gone never becomes that of something else', () => {
      const store = open();
      const source = addSamples(store, [{ path: 'a', text: 'alpha' }]);
      const [former] = store.documents({}, 1, 0);
      const formerChunks = store.searchWords(words('alpha'), 10, {}).map(({ row }) => row);
      store.write((writer) => {
        writer.removeDocuments([former!.row]);
        writer.putDocument(sampleDocument(source, { path: 'b', text: 'beta' }));
        writer.removeDocuments([former!.row]);
        writer.touchDocument(former!.row, 99, 99);
        writer.moveDocument(former!.row, { ...place('c'), title: 'c' });
      });
      expect(store.documents({}, 10, 0)).toMatchObject([{ path: 'b', bytes: 4 }]);
      expect(store.chunks(formerChunks).size).toBe(0);
      store.write((writer) => writer.removeSource(source));
      expect(addSampleSource(store, 'default', 'file:///other')).not.toBe(source);
    });

    test('a document that moves to where another one came to stand takes its place', () => {
      const store = open();
      addSamples(store, [
        { path: 'a', text: 'alpha' },
        { path: 'b', text: 'beta' },
      ]);
      const [moving] = store.documents({ paths: ['a'] }, 1, 0);
      store.write((writer) => writer.moveDocument(moving!.row, { ...place('b'), title: 'b' }));
      expect(store.documents({}, 10, 0).map(({ row, path }) => [path, store.document(row).text])).toEqual([
        ['b', 'alpha'],
      ]);
      expect(store.checkIntegrity()).toEqual([]);
    });

    test('touching a document changes what is known of it and nothing else', () => {
      const store = open();
      const source = addSamples(store, [{ path: 'a', text: 'alpha' }]);
      const { row } = store.documents({}, 1, 0)[0]!;
      store.write((writer) => writer.touchDocument(row, 99, 1234.5));
      expect(store.knownItems(source).get('file:///root/a')).toMatchObject({
        size: 99,
        mtimeMs: 1234.5,
        documentRow: row,
      });
    });

    test('documents are found by id, URI, path and the end of a path at a slash', () => {
      const store = open();
      addSamples(store, [
        { path: 'notes/plan.md', text: 'a' },
        { path: 'old/plan.md', text: 'b' },
        { path: 'floorplan.md', text: 'c' },
      ]);
      const find = (reference: string) => store.findDocuments(reference, 10).map(({ path }) => path);
      expect(find('notes/plan.md')).toEqual(['notes/plan.md']);
      expect(find('file:///root/old/plan.md')).toEqual(['old/plan.md']);
      expect(find(sampleId('default', 'file:///root/old/plan.md'))).toEqual(['old/plan.md']);
      expect(find('plan.md')).toEqual(['notes/plan.md', 'old/plan.md']);
      expect(find('./floorplan.md')).toEqual(['floorplan.md']);
      expect(find('plan')).toEqual([]);
      expect(find('')).toEqual([]);
      expect(find('%')).toEqual([]);
    });

    test('words: the rarer word counts more, titles count more than bodies, and the limit holds', () => {
      const store = open();
      addSamples(store, [
        { path: 'both', text: 'common rare' },
        { path: 'plain', text: 'common words' },
        { path: 'titled', title: 'common', text: 'something else' },
        { path: 'none', text: 'nothing of it' },
      ]);
      expect(pathsOf(store, store.searchWords(words('common', 'rare'), 10, {}))[0]).toBe('both');
      expect(pathsOf(store, store.searchWords(words('common'), 10, {}))[0]).toBe('titled');
      expect(store.searchWords(words('common'), 2, {})).toHaveLength(2);
      expect(store.searchWords(words('common'), 0, {})).toEqual([]);
      const scores = store.searchWords(words('common', 'rare'), 10, {}).map(({ score }) => score);
      expect(scores.every((score) => score > 0)).toBe(true);
      expect([...scores].sort((a, b) => b - a)).toEqual(scores);
    });

    test('a file is found by its name, from its first passage', () => {
      const store = open();
      addSamples(store, [
        { path: 'people/onboarding.md', title: 'Your first weeks', text: 'Welcome to us' },
        { path: 'people/pay.md', title: 'Pay', text: 'Money at the end of a month' },
      ]);
      expect(pathsOf(store, store.searchWords(words('onboarding'), 10, {}))).toEqual(['people/onboarding.md']);
    });

    test('every phrase must be there, word for word; terms only order what has it', () => {
      const store = open();
      addSamples(store, [
        { path: 'exact', text: 'the quick brown fox jumps' },
        { path: 'apart', text: 'a brown dog and a quick fox' },
        { path: 'other', text: 'brown fox, not quick; also lazy' },
      ]);
      const found = (phrases: string[], terms: string[] = []) =>
        pathsOf(store, store.searchWords({ terms, phrases }, 10, {})).sort();
      expect(found(['quick brown'])).toEqual(['exact']);
      expect(found(['brown fox'])).toEqual(['exact', 'other']);
      expect(found(['brown fox', 'quick brown'])).toEqual(['exact']);
      expect(found(['brown fox'], ['lazy', 'dog'])).toEqual(['exact', 'other']);
      expect(pathsOf(store, store.searchWords({ terms: ['lazy'], phrases: ['brown fox'] }, 10, {}))[0]).toBe('other');
      expect(found(['fox brown'])).toEqual([]);
    });

    test('a phrase holds in both full-text legs, whichever script the terms have', () => {
      const store = open();
      addSamples(store, [
        { path: 'both', text: 'release plan 東京都庁' },
        { path: 'cjk only', text: '東京都庁' },
        { path: 'latin only', text: 'release plan' },
      ]);
      const mixed = { terms: ['東京'], phrases: ['release plan'] };
      expect(pathsOf(store, store.searchGrams(mixed, 10, {})).filter((path) => path === 'cjk only')).toEqual([]);
      expect(pathsOf(store, store.searchWords(mixed, 10, {}))).not.toContain('cjk only');
      const reverse = { terms: ['plan'], phrases: ['東京都'] };
      expect(pathsOf(store, store.searchWords(reverse, 10, {}))).not.toContain('latin only');
      expect(pathsOf(store, store.searchGrams(reverse, 10, {}))).not.toContain('latin only');
    });

    test('a phrase of an unspaced script stands together', () => {
      const store = open();
      addSamples(store, [
        { path: 'together', text: '新しい東京駅前の地図' },
        { path: 'apart', text: '東京の駅。駅前の東京駅舎' },
      ]);
      expect(pathsOf(store, store.searchGrams(phrase('東京駅前'), 10, {}))).toEqual(['together']);
    });

    test('words that contain a text are listed, the most frequent first', () => {
      const store = open();
      addSamples(store, [
        { path: 'a', text: 'kubernetes cluster' },
        { path: 'b', text: 'kubernetes hypernet' },
        { path: 'c', text: '100% of_it' },
      ]);
      expect(store.wordsContaining('ernet', 10)).toEqual(['kubernetes', 'hypernet']);
      expect(store.wordsContaining('ERNET', 1)).toEqual(['kubernetes']);
      expect(store.wordsContaining('%', 10)).toEqual([]);
      expect(store.wordsContaining('_', 10)).toEqual([]);
    });

    test('words are counted by passages, as the index has them', () => {
      const store = open();
      addSamples(store, [
        { path: 'a', text: 'policies and keys, keys' },
        { path: 'b', text: 'policy' },
      ]);
      const { passages, withWord } = store.wordCounts(['polici', 'kei', 'nothing']);
      expect(passages).toBe(2);
      expect([...withWord]).toEqual([
        ['polici', 2],
        ['kei', 1],
      ]);
      store.write((writer) =>
        writer.removeDocuments([store.documents({}, 10, 0).find(({ path }) => path === 'a')!.row]),
      );
      expect(store.wordCounts(['kei', 'polici'])).toEqual({ passages: 1, withWord: new Map([['polici', 1]]) });
    });

    test('vectors: nearest first, with the cosine as score, and never one that has no vector', () => {
      const store = open();
      addSamples(store, [
        { path: 'at 60', text: 'a', vector: turned(60) },
        { path: 'at 10', text: 'b', vector: turned(10) },
        { path: 'none', text: 'c', vector: null },
        { path: 'at 150', text: 'd', vector: turned(150) },
      ]);
      const found = store.searchVectors(turned(0), 10, {});
      expect(pathsOf(store, found)).toEqual(['at 10', 'at 60', 'at 150']);
      for (const [i, degrees] of [10, 60, 150].entries()) {
        expect(found[i]!.score).toBeCloseTo(Math.cos((degrees * Math.PI) / 180), 2);
      }
      expect(store.searchVectors(turned(0), 2, {})).toHaveLength(2);
      expect(store.searchVectors(turned(0), 0, {})).toEqual([]);
      const rows = store.documents({}, 10, 0).flatMap(({ row }) => chunkRows(store, row));
      const scores = store.scoreVectors(turned(0), [...rows, 999_999]);
      expect(scores.size).toBe(3);
      for (const { row, score } of found) expect(scores.get(row)).toBeCloseTo(score, 2);
    });

    test('a search gives the same rows and the same scores, whether it is the first or a later one', () => {
      const store = open();
      const vectorAt = (i: number) => Float32Array.from(axis(0), (_, k) => Math.sin((i + 1) * (k + 1.3)));
      // Every fourth has the vector of another, so that ties are among them.
      const samples = Array.from({ length: 600 }, (_, i) => ({
        path: `${i}`,
        text: `text ${i}`,
        vector: vectorAt(i % 4 === 0 ? i % 40 : i),
      }));
      addSamples(store, samples);
      for (const [limit, query] of [
        [10, turned(20)],
        [25, vectorAt(8)],
        [200, vectorAt(1000)],
        [1000, turned(70)],
      ] as const) {
        addSamples(store, [{ path: 'next', text: `after ${limit}`, vector: axis(3) }]);
        const first = store.searchVectors(query, limit, {});
        const second = store.searchVectors(query, limit, {});
        const third = store.searchVectors(query, limit, {});
        expect(second).toEqual(first);
        expect(third).toEqual(first);
        const filtered = store.searchVectors(query, limit, { types: ['txt'] });
        expect(filtered).toEqual(first);
        const scored = store.scoreVectors(
          query,
          first.map(({ row }) => row),
        );
        expect([...scored]).toEqual(first.map(({ row, score }) => [row, score]));
      }
    });

    test('a vector is compared by its direction only', () => {
      const store = open();
      addSamples(store, [{ path: 'a', text: 'alpha', vector: turned(30) }]);
      const scores = [1, 0.01, 250].flatMap((factor) =>
        [1, 2].map(
          () =>
            store.searchVectors(
              turned(75).map((value) => value * factor),
              1,
              {},
            )[0]!.score,
        ),
      );
      for (const score of scores) expect(score).toBeCloseTo(Math.SQRT1_2, 2);
    });

    test('an empty vector is neither stored nor searched with', () => {
      const store = open();
      const zero = new Float32Array(SAMPLE_SPACE.dimensions);
      addSamples(store, [
        { path: 'zero', text: 'a', vector: zero },
        { path: 'not a number', text: 'b', vector: new Float32Array(SAMPLE_SPACE.dimensions).fill(Number.NaN) },
        { path: 'real', text: 'c', vector: axis(0) },
      ]);
      expect(store.counts().vectors).toBe(1);
      expect(pathsOf(store, store.searchVectors(axis(0), 10, {}))).toEqual(['real']);
      expect(store.searchVectors(zero, 10, {})).toEqual([]);
      expect(store.checkIntegrity()).toEqual([]);
    });

    test('vectors are found again by the hash of what was embedded', () => {
      const store = open();
      addSamples(store, [
        { path: 'a', text: 'alpha', vector: turned(30) },
        { path: 'b', text: 'beta', vector: null },
      ]);
      const [a, b] = ['a', 'b'].map((path) => store.documents({ paths: [path] }, 1, 0)[0]!);
      const hashes = [a!, b!].map(
        ({ row }) => sampleDocument(1, { path: 'x', text: store.document(row).text }).chunks[0]!.embedHash,
      );
      const found = store.vectorsByHash([...hashes, new Uint8Array(16)]);
      expect([...found.keys()]).toEqual([Buffer.from(hashes[0]!).toString('hex')]);
      const [vector] = found.values();
      for (const [i, value] of turned(30).entries()) expect(vector![i]).toBeCloseTo(value, 2);
    });

    test('a second space, or a vector of another length, is refused by name and changes nothing', () => {
      const store = open();
      addSamples(store, [{ path: 'a', text: 'alpha', vector: axis(0) }]);
      for (const other of [{ model: 'other' }, { provider: 'other' }, { dimensions: 16 }]) {
        const use = () => store.write((writer) => writer.useSpace({ ...SAMPLE_SPACE, ...other }));
        expect(use).toThrow(
          expect.objectContaining({ code: 'SPACE_MISMATCH', hint: expect.stringContaining('embedder.model') }),
        );
      }
      store.write((writer) => writer.useSpace(SAMPLE_SPACE));
      expect(store.space()).toEqual(SAMPLE_SPACE);
      const short = new Float32Array(3).fill(1);
      expect(() => store.searchVectors(short, 5, {})).toThrow(expect.objectContaining({ code: 'SPACE_MISMATCH' }));
      expect(() => store.scoreVectors(short, [1])).toThrow(expect.objectContaining({ code: 'SPACE_MISMATCH' }));
      const source = store.sources()[0]!.row;
      const put = () =>
        store.write((w) => w.putDocument(sampleDocument(source, { path: 'b', text: 'beta', vector: short })));
      expect(put).toThrow(expect.objectContaining({ code: 'SPACE_MISMATCH' }));
      expect(store.counts()).toMatchObject({ documents: 1, vectors: 1 });
      expect(store.checkIntegrity()).toEqual([]);
    });

    test('pages of the list do not overlap and cover all', () => {
      const store = open();
      addSamples(
        store,
        Array.from({ length: 25 }, (_, i) => ({ path: `file ${i}`, text: `text ${i}` })),
      );
      const pages = [0, 10, 20].flatMap((offset) => store.documents({}, 10, offset).map(({ path }) => path));
      expect(pages).toHaveLength(25);
      expect(new Set(pages).size).toBe(25);
    });
  });
}

const place = (path: string) => {
  const uri = `file:///root/${path}`;
  return { id: sampleId('default', uri), uri, path, size: 5, mtimeMs: 2 };
};

const failureOf = (sourceRow: number) => ({
  sourceRow,
  uri: 'file:///root/broken',
  path: 'broken',
  size: 3,
  mtimeMs: 5,
  code: 'PARSE_FAILED',
  message: 'It is broken.',
});

/** Rows of all chunks of a document, found by searching for nothing but the document. */
function chunkRows(store: Store, document: number): number[] {
  const every = store.chunks(Array.from({ length: 100 }, (_, i) => i + 1));
  return [...every.values()].filter(({ documentRow }) => documentRow === document).map(({ row }) => row);
}
