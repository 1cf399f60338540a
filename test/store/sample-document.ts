import type { DocumentId } from '../../src/domain/ids.ts';
import type { EmbeddingSpace } from '../../src/domain/search.ts';
import { sha256Hex, sha256Short } from '../../src/platform/hash.ts';
import type { NewChunk, NewDocument, SourceRow, Store } from '../../src/store/types.ts';

export const SAMPLE_SPACE: EmbeddingSpace = { provider: 'testing', model: 'sample', dimensions: 8 };

/** A vector of the sample space with one component; equal axes are equal vectors, others are at right angles. */
export function axis(index: number): Float32Array {
  const vector = new Float32Array(SAMPLE_SPACE.dimensions);
  vector[index % SAMPLE_SPACE.dimensions] = 1;
  return vector;
}

/** Unit vector of the sample space, `degrees` away from axis 0 towards axis 1. */
export function turned(degrees: number): Float32Array {
  const vector = new Float32Array(SAMPLE_SPACE.dimensions);
  vector[0] = Math.cos((degrees * Math.PI) / 180);
  vector[1] = Math.sin((degrees * Math.PI) / 180);
  return vector;
}

/** What a test says of a document; the rest has plain values. */
export type Sample = Partial<Omit<NewDocument, 'chunks' | 'text'>> & {
  readonly path: string;
  readonly text: string;
  readonly collection?: string;
  /** Of every chunk; a function gives each its own. */
  readonly vector?: Float32Array | null | ((ordinal: number) => Float32Array | null);
  readonly headingPath?: readonly string[];
};

/** A document whose chunks are its paragraphs: each reaches to the next, so that they cover the text. */
export function sampleDocument(source: SourceRow, sample: Sample): NewDocument {
  const { collection = 'default', text, vector = null, headingPath = [], ...given } = sample;
  const uri = given.uri ?? `file:///root/${sample.path}`;
  const vectorOf = typeof vector === 'function' ? vector : () => vector;
  const chunks = paragraphSpans(text).map(
    (span, ordinal): NewChunk => ({
      ordinal,
      span,
      headingPath,
      page: null,
      tokens: Math.ceil((span.end - span.start) / 4),
      lines: null,
      embedHash: sha256Short(text.slice(span.start, span.end)),
      vector: vectorOf(ordinal),
    }),
  );
  return {
    id: sampleId(collection, uri),
    sourceRow: source,
    title: 'Sample',
    mediaType: 'text/plain',
    type: 'txt',
    modifiedAt: null,
    language: null,
    size: text.length,
    mtimeMs: 1,
    contentHash: sha256Hex(text),
    firstLine: 1,
    sections: [],
    tags: [],
    metadata: {},
    ...given,
    uri,
    text,
    chunks,
  };
}

export const sampleId = (collection: string, uri: string): DocumentId =>
  sha256Hex(`${collection}\0${uri}`).slice(0, 16) as DocumentId;

function paragraphSpans(text: string): { start: number; end: number }[] {
  const starts = [0, ...[...text.matchAll(/\n\n(?=.)/gs)].map(({ index }) => index + 2)];
  return starts
    .map((start, i) => ({ start, end: starts[i + 1] ?? text.length }))
    .filter(({ start, end }) => end > start);
}

/** A source of the folder `/root` in the collection. */
export const addSampleSource = (store: Store, collection = 'default', uri = 'file:///root'): SourceRow =>
  store.write((writer) => {
    writer.useSpace(SAMPLE_SPACE);
    return writer.putSource({ kind: 'folder', uri, options: {} }, collection, []).row;
  });

/** Puts documents into one source of the collection, and returns the source's row. */
export function addSamples(store: Store, samples: readonly Sample[], collection = 'default'): SourceRow {
  const source = addSampleSource(store, collection);
  store.write((writer) => {
    for (const sample of samples) writer.putDocument(sampleDocument(source, { ...sample, collection }));
  });
  return source;
}

/** Paths of the documents that a search found, best first, each once. */
export const pathsOf = (store: Store, rows: readonly { readonly row: number }[]): string[] => {
  const chunks = store.chunks(rows.map(({ row }) => row));
  return [...new Set(rows.flatMap(({ row }) => chunks.get(row)?.path ?? []))];
};
