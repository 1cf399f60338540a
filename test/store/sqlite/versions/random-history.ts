import type { DocumentId } from '../../../../src/domain/ids.ts';
import type { NewDocument, Store } from '../../../../src/store/types.ts';
import type { FixedClock } from '../../../../src/testing/fixed-clock.ts';
import { createRandom } from '../../../chunk/markdown-like.ts';
import { addSampleSource, axis, sampleDocument, sampleId } from '../../sample-document.ts';

const WORDS = ['alpha', 'beta', 'gamma', 'delta', 'Zürich', '東京都', 'हिन्दी', '😀', 'leave', 'travel', 'budget'];

/** What a document was, by its number in its history. */
export type Said = { readonly text: string; readonly title: string; readonly path: string };

export type RandomHistory = {
  /** Edits, adds, moves or removes some document. */
  step(): void;
  /** By history: what each version said, the present one included. */
  readonly said: Map<string, Map<number, Said>>;
};

/** Random writes, with a record of what was written. */
export function randomHistory(store: Store, clock: FixedClock, seed: number): RandomHistory {
  const random = createRandom(seed);
  const pick = <Item>(items: readonly Item[]): Item => items[random(items.length)]!;
  const source = addSampleSource(store);
  const said = new Map<string, Map<number, Said>>();
  const keyOf = new Map<DocumentId, { key: string; version: number }>();
  let next = 0;

  const paragraph = () => Array.from({ length: 1 + random(9) }, () => pick(WORDS)).join(' ');
  const textOf = (former: string | undefined) => {
    const paragraphs = former === undefined ? [] : former.split('\n\n');
    if (paragraphs.length === 0) return Array.from({ length: random(8) }, paragraph).join('\n\n');
    const at = random(paragraphs.length + 1);
    paragraphs.splice(at, random(2), ...Array.from({ length: random(3) }, paragraph));
    return paragraphs.join('\n\n');
  };
  const remember = (id: DocumentId, entry: Said, key: string, version: number): void => {
    keyOf.set(id, { key, version });
    const history = said.get(key) ?? new Map<number, Said>();
    said.set(key, history.set(version, entry));
  };
  const present = () => store.documents({}, 1000, 0);

  const steps = [
    ...Array.from({ length: 5 }, () => () => {
      const path = `d${random(6)}.md`;
      const uri = `file:///root/${path}`;
      const id = sampleId('default', uri);
      const there = present().some(({ source }) => source.documentId === id);
      const known = keyOf.get(id);
      const text = textOf(known && said.get(known.key)?.get(known.version)?.text);
      const title = pick(['Plan', 'Budget', '計画', `Plan ${random(3)}`]);
      const document = withOwnVectors(sampleDocument(source, { path, uri, text, title }));
      store.write((writer) => writer.putDocument(document));
      if (there || known) remember(id, { text, title, path }, known!.key, known!.version + 1);
      else remember(id, { text, title, path }, `history ${next++}`, 1);
    }),
    () => {
      const documents = present();
      if (documents.length === 0) return;
      const document = pick(documents);
      const { key, version } = keyOf.get(document.source.documentId)!;
      const path = `moved${random(1e9)}.md`;
      const uri = `file:///root/${path}`;
      const id = sampleId('default', uri);
      const title = pick(['Plan', 'moved']);
      store.write((writer) => writer.moveDocument(document.row, { id, uri, path, title, size: 1, mtimeMs: 1 }));
      keyOf.delete(document.source.documentId);
      const { text } = said.get(key)!.get(version)!;
      remember(id, { text, title, path }, key, version + 1);
    },
    () => {
      const documents = present().filter(() => random(4) === 0);
      store.write((writer) => writer.removeDocuments(documents.map(({ row }) => row)));
    },
  ];
  return {
    said,
    step() {
      clock.advance(1 + random(1000));
      pick(steps)();
    },
  };
}

/** Equal texts have equal vectors. */
export const withOwnVectors = (document: NewDocument): NewDocument => ({
  ...document,
  chunks: document.chunks.map((chunk) => ({ ...chunk, vector: axis(chunk.embedHash[0]!) })),
});

/** Everything that a search may find, with rows and scores, and what documents are. */
export function everything(store: Store) {
  const words = store.searchWords({ terms: WORDS, phrases: [] }, 1000, {});
  const grams = store.searchGrams({ terms: WORDS, phrases: [] }, 1000, {});
  const vectors = [0, 1, 2, 3].map((i) => store.searchVectors(axis(i), 20, {}));
  return {
    words,
    grams,
    vectors,
    counts: store.wordCounts(['alpha', 'leav', 'budget']),
    documents: store.documents({}, 1000, 0).map(({ version: _v, isPinned: _p, indexedAt: _i, ...rest }) => rest),
    texts: store.documents({}, 1000, 0).map(({ row }) => [store.document(row), store.documentChunks(row)]),
  };
}
