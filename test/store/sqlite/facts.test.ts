import { describe, expect, test } from 'vitest';
import type { NewFacts } from '../../../src/store/types.ts';
import { textSketch } from '../../../src/understand/sketch/text-sketch.ts';
import { addSampleSource, sampleDocument } from '../sample-document.ts';
import { openTemporaryStore } from '../temporary-store.ts';

const known = (text: string, facts: Partial<NewFacts['facts']> = {}): NewFacts => ({
  facts: { language: null, kind: null, kindBecause: [], warnings: [], dates: null, ...facts },
  sketch: textSketch(text),
});
const WARNING = { code: 'garbled', message: 'It is.' } as const;

function filled() {
  const store = openTemporaryStore();
  const source = addSampleSource(store);
  const put = (path: string, text: string, given: { language?: string; understood?: NewFacts } = {}) =>
    store.write((writer) => writer.putDocument(sampleDocument(source, { path, text, ...given })));
  put('a.txt', 'one two three four five', { language: 'de-AT', understood: known('one two', { kind: 'invoice' }) });
  put('b.txt', 'six', { language: 'en', understood: known('', { warnings: [WARNING], dates: dates('2025-12-31') }) });
  put('c.txt', 'seven');
  return { store, put };
}
const dates = (until: string) => ({ from: null, until, status: null, supersedes: [], supersededBy: [] });

describe('facts of documents', () => {
  test('they come back as they were put', () => {
    const { store } = filled();
    const [a, b, c] = store.documents({}, 10, 0);
    expect(store.factsOf(a!.row)).toMatchObject({ language: 'de-AT', kind: 'invoice', warnings: [], dates: null });
    expect(store.factsOf(b!.row)).toMatchObject({ warnings: [WARNING], dates: dates('2025-12-31') });
    expect(store.factsOf(c!.row)).toBeNull();
    expect(b).toMatchObject({ language: 'en', kind: null, warnings: [WARNING] });
    expect(store.sketches()).toMatchObject([
      { row: a!.row, bins: textSketch('one two').bins },
      { row: b!.row, bins: null },
    ]);
  });
  test('documents are chosen by language, kind and warnings', () => {
    const { store } = filled();
    const paths = (filter: Parameters<typeof store.documents>[0]) =>
      store.documents(filter, 10, 0).map(({ path }) => path);
    expect(paths({ languages: ['DE'] })).toEqual(['a.txt']);
    expect(paths({ languages: ['de-at', 'en'] })).toEqual(['a.txt', 'b.txt']);
    expect(paths({ languages: ['d'] })).toEqual([]);
    expect(paths({ kinds: ['Invoice'] })).toEqual(['a.txt']);
    expect(paths({ warned: true })).toEqual(['b.txt']);
    expect(paths({ except: [{ kinds: ['invoice'] }] })).toEqual(['b.txt', 'c.txt']);
  });
  test('they are counted, and those that have expired are named', () => {
    const { store } = filled();
    expect(store.factFigures('2026-01-01')).toEqual({
      lacking: 1,
      warned: 1,
      kinds: { invoice: 1 },
      languages: { 'de-AT': 1, en: 1 },
      expired: 1,
    });
    expect(store.expired('2026-01-01', 5)).toMatchObject([{ path: 'b.txt', until: '2025-12-31' }]);
    expect(store.expired('2025-12-31', 5)).toEqual([]);
  });
  test('they go with their document and are replaced with it', () => {
    const { store, put } = filled();
    put('a.txt', 'changed', { understood: known('changed', { kind: 'report' }) });
    expect(store.factFigures('2026-01-01').kinds).toEqual({ report: 1 });
    put('a.txt', 'changed again');
    expect(store.factFigures('2026-01-01')).toMatchObject({ kinds: {}, lacking: 2 });
    store.write((writer) => writer.removeDocuments(store.documents({}, 10, 0).map(({ row }) => row)));
    expect(store.sketches()).toEqual([]);
  });
  test('what is learned later gives a document its language, but takes none away', () => {
    const { store } = filled();
    const [a, , c] = store.documentsWithoutFacts(9).length ? store.documents({}, 10, 0) : [];
    store.write((writer) => {
      writer.putFacts(a!.row, known('x', { language: 'fr' }));
      writer.putFacts(c!.row, known('x', { language: 'fr' }));
      writer.putFacts(999_999, known('x', { language: 'fr' }));
    });
    expect(store.documents({}, 10, 0).map(({ language }) => language)).toEqual(['de-AT', 'en', 'fr']);
    expect(store.documentsWithoutFacts(9)).toEqual([]);
  });
});
