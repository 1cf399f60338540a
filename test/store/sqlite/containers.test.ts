import { expect, test } from 'vitest';
import { addSampleSource, sampleDocument, sampleId } from '../sample-document.ts';
import { openTemporaryStore } from '../temporary-store.ts';

const archive = { uri: 'file:///root/a.zip', size: 10, mtimeMs: 5, contentHash: 'ab'.repeat(32), members: 2 };

test('a container is known with its source, until it or the source is removed', () => {
  const store = openTemporaryStore();
  const source = addSampleSource(store);
  store.write((w) => w.putContainer(source, archive));
  store.write((w) => w.putContainer(source, { ...archive, members: 3 }));
  expect([...store.containers(source).values()]).toEqual([{ ...archive, members: 3 }]);
  store.write((w) => w.removeContainer(source, archive.uri));
  expect(store.containers(source).size).toBe(0);
  store.write((w) => w.putContainer(source, archive));
  store.write((w) => w.removeSource(source));
  expect(store.containers(source).size).toBe(0);
  store.write((w) => w.putContainer(source, archive));
  expect(store.containers(source).size).toBe(0);
});

test('a document knows the container that it is in, and one beside it has none', () => {
  const store = openTemporaryStore();
  const source = addSampleSource(store);
  store.write((w) => {
    w.putContainer(source, archive);
    w.putDocument(sampleDocument(source, { path: 'a.zip!/x.md', text: 'x' }));
    w.putDocument(sampleDocument(source, { path: 'a.zip.md', text: 'y' }));
  });
  expect(store.containerOf(sampleId('default', 'file:///root/a.zip!/x.md'))).toEqual(archive);
  expect(store.containerOf(sampleId('default', 'file:///root/a.zip.md'))).toBeNull();
});
