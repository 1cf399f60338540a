import { expect, test } from 'vitest';
import { linkDocumentTitles } from '../../../src/app/ingest/link-document-titles.ts';
import { decodeMentions, encodeMentions } from '../../../src/graph/encode-mentions.ts';
import { extractMentions } from '../../../src/graph/extract-mentions.ts';
import { entityKeyOf } from '../../../src/graph/normalize-name.ts';
import type { MentionRecord } from '../../../src/graph/types.ts';
import type { Store } from '../../../src/store/types.ts';
import { addSampleSource, addSamples, sampleDocument } from '../sample-document.ts';
import { openRaw, openTemporaryStore, temporaryDatabasePath } from '../temporary-store.ts';

const records = (store: Store): MentionRecord[] => {
  const found: MentionRecord[] = [];
  store.readMentions((record) => void found.push(record));
  return found;
};
const linksOf = (store: Store, path: string): string[] => {
  const record = records(store).find((each) => each.path === path);
  return decodeMentions(record?.titleLinks ?? new Uint8Array()).flatMap(({ mentions }) =>
    mentions.map(({ span }) => store.textOfDocument(record!.documentRow, span)),
  );
};

test('mentions come and go with their document', async () => {
  const store = openTemporaryStore();
  const source = addSampleSource(store);
  const text = 'We met Anna Keller.\n\nIn New York it rained.';
  const sample = sampleDocument(source, { path: 'a.md', text });
  const mentions = encodeMentions(extractMentions({ text, sections: [], chunks: sample.chunks }));
  store.write((writer) => writer.putDocument({ ...sample, mentions }));
  const [record] = records(store);
  expect(record).toMatchObject({ title: 'Sample', path: 'a.md', chunkCount: 2, titleLinks: null });
  expect(decodeMentions(record!.packed).map((chunk) => chunk.mentions.map(({ key }) => key))).toEqual([
    [entityKeyOf('anna keller')],
    [entityKeyOf('new york')],
  ]);
  expect(store.checkIntegrity()).toEqual([]);
  store.write((writer) => writer.putDocument({ ...sample, mentions }));
  expect(records(store)).toHaveLength(1);
  store.write((writer) => writer.removeDocuments(records(store).map(({ documentRow }) => documentRow)));
  expect(records(store)).toEqual([]);
});

test('mentions whose chunks are elsewhere are a fault', async () => {
  const path = temporaryDatabasePath();
  const store = openTemporaryStore(path);
  addSamples(store, [{ path: 'a.md', text: 'We met Anna Keller.' }]);
  await linkDocumentTitles(store);
  openRaw(path).exec('UPDATE document_mentions SET first_chunk = first_chunk + 5');
  expect(store.checkIntegrity()).toEqual(['the entity graph holds 1 documents whose chunks are elsewhere']);
});

test('documents from before the graph get their mentions with the next ingest', async () => {
  const store = openTemporaryStore();
  addSamples(store, [
    { path: 'a.md', text: 'We met Anna Keller.' },
    { path: 'empty.md', text: '' },
  ]);
  expect(store.documentsWithoutMentions(10)).toHaveLength(1);
  await linkDocumentTitles(store);
  expect(store.documentsWithoutMentions(10)).toEqual([]);
  expect(records(store)).toHaveLength(1);
});

test('a title is found in documents before and after it, and again when it changes', async () => {
  const store = openTemporaryStore();
  addSamples(store, [
    { path: 'early.md', title: 'Early', text: 'read the release guide first, or the other handbook' },
  ]);
  await linkDocumentTitles(store);
  expect(linksOf(store, 'early.md')).toEqual([]);
  addSamples(store, [
    { path: 'guide.md', title: 'release guide', text: 'how it goes' },
    { path: 'late.md', title: 'Late', text: 'as the Release Guide says' },
  ]);
  await linkDocumentTitles(store);
  expect(linksOf(store, 'early.md')).toEqual(['release guide']);
  // In capitals it is a name of its own, which is not stored twice.
  expect(linksOf(store, 'late.md')).toEqual([]);
  const late = records(store).find(({ path }) => path === 'late.md')!;
  const lateKeys = decodeMentions(late.packed).flatMap(({ mentions }) => mentions.map(({ key }) => key));
  expect(lateKeys).toContain(entityKeyOf('release guide'));
  const guide = store.findDocuments('guide.md', 1)[0]!;
  const { documentId: id, uri } = guide.source;
  store.write((writer) =>
    writer.moveDocument(guide.row, { id, uri, path: 'guide.md', title: 'other handbook', size: 1, mtimeMs: 1 }),
  );
  await linkDocumentTitles(store);
  expect(linksOf(store, 'early.md')).toEqual(['other handbook']);
});

test('a knowledge base is linked when a document says the title of another or links to its file, not by its own', async () => {
  const linkedBy = async (text: string): Promise<boolean> => {
    const store = openTemporaryStore();
    addSamples(store, [
      { path: 'a.md', title: 'Release Guide', text },
      { path: 'notes/setup.md', title: 'How to begin', text: 'first things first' },
    ]);
    await linkDocumentTitles(store);
    return store.hasTitleLinks();
  };
  expect(await linkedBy('Release Guide\n\nThis is the release guide.')).toBe(false);
  expect(await linkedBy('see how to begin')).toBe(true);
  expect(await linkedBy('see [[setup]]')).toBe(true);
  expect(await linkedBy('see [there](notes/setup.md)')).toBe(true);
});

test('nothing is left to do after linking, so that the next run without changes is free', async () => {
  const store = openTemporaryStore();
  addSamples(store, [{ path: 'a.md', text: 'We met Anna Keller.' }]);
  await linkDocumentTitles(store);
  const generation = store.generation();
  await linkDocumentTitles(store);
  expect(store.generation()).toBe(generation);
});

test('decisions on names are kept in order', async () => {
  const store = openTemporaryStore();
  store.write((writer) => {
    writer.putMergeDecision({ action: 'merge', from: 'WHO', to: 'World Health Organization', reason: 'same' });
    writer.putMergeDecision({ action: 'separate', from: 'WHO', to: 'World Health Organization', reason: '' });
  });
  expect(store.mergeDecisions()).toMatchObject([
    { id: 1, action: 'merge', from: 'WHO', to: 'World Health Organization', reason: 'same' },
    { id: 2, action: 'separate' },
  ]);
});

test('the graph has another state after every change of what it is made of, and only then', async () => {
  const store = openTemporaryStore();
  addSamples(store, [{ path: 'a.md', text: 'We met Anna Keller.' }]);
  const states = [store.graphState()];
  const changes = async (work: () => unknown): Promise<boolean> => {
    await work();
    states.push(store.graphState());
    return states.at(-1) !== states.at(-2);
  };
  expect(await changes(() => linkDocumentTitles(store))).toBe(true);
  expect(await changes(() => linkDocumentTitles(store))).toBe(false);
  const [document] = store.documents({}, 1, 0);
  const decision = { action: 'merge', from: 'Anna', to: 'Anna Keller', reason: 'one person' } as const;
  expect(await changes(() => store.write((writer) => writer.putMergeDecision(decision)))).toBe(true);
  expect(await changes(() => store.write((writer) => writer.ensureCollection('other')))).toBe(false);
  expect(await changes(() => store.write((writer) => writer.touchDocument(document!.row, 1, 1)))).toBe(false);
  expect(await changes(() => store.write((writer) => writer.removeDocuments([document!.row])))).toBe(true);
});

test('links of passages are kept for the state that they were made for', async () => {
  const path = temporaryDatabasePath();
  const store = openTemporaryStore(path);
  const generation = store.generation();
  store.keepPassageLinks(store.graphState(), Uint8Array.of(1, 2));
  expect([...openTemporaryStore(path).keptPassageLinks()!]).toEqual([1, 2]);
  expect(store.generation()).toBe(generation);
  addSamples(store, [{ path: 'a.md', text: 'We met Anna Keller.' }]);
  await linkDocumentTitles(store);
  expect(store.keptPassageLinks()).toBeNull();
});
