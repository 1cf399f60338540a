import type { Citation } from '../../domain/answer.ts';
import { type ChunkId, type DocumentId, parseChunkId } from '../../domain/ids.ts';
import type { Hit } from '../../domain/search.ts';
import type { Span } from '../../domain/span.ts';
import { sha256Short } from '../../platform/hash.ts';
import type { ChunkRow, Store } from '../../store/types.ts';
import type { SearchHit } from '../types.ts';
import type { ChatSource } from './types.ts';

/** A passage as a session keeps it: everything but its text, and by what the text is known again. */
export type PassageReference = {
  readonly chunkId: ChunkId;
  readonly collection: string;
  readonly uri: string;
  readonly path: string;
  readonly title: string;
  readonly mediaType: string;
  readonly type: string;
  readonly modifiedAt: string | null;
  readonly headingPath: readonly string[];
  readonly page: number | null;
  readonly lines: { readonly start: number; readonly end: number } | null;
  readonly span: Span;
  readonly tokens: number;
  readonly score: number;
  /** Of its text: 16 bytes of sha256, hex. */
  readonly hash: string;
};

const MAX_PASSAGES = 100;

const hashOf = (text: string): string => Buffer.from(sha256Short(text)).toString('hex');

export const referenceOf = (hit: Hit, path = (hit as Partial<SearchHit>).path): PassageReference => ({
  chunkId: hit.chunk.id,
  collection: hit.document.collection,
  uri: hit.document.uri,
  path: path ?? hit.document.title,
  title: hit.document.title,
  mediaType: hit.document.mediaType,
  type: hit.document.type,
  modifiedAt: hit.document.modifiedAt,
  headingPath: hit.chunk.headingPath,
  page: hit.chunk.page,
  lines: hit.chunk.lines,
  span: hit.chunk.span,
  tokens: hit.chunk.tokens,
  score: hit.score,
  hash: hashOf(hit.chunk.text),
});

/** A reference with the passage that it names: its text is empty when it is gone or holds another text now. */
export type FoundPassage = {
  readonly reference: PassageReference;
  readonly hit: SearchHit;
  readonly state: ChatSource['state'];
};

/** Looks up references; one lookup for a whole session, since its turns name the same documents. */
export function createPassageLookup(store: Store): (references: readonly PassageReference[]) => FoundPassage[] {
  const rows = new Map<string, readonly ChunkRow[]>();
  const rowsOf = (id: DocumentId): readonly ChunkRow[] => {
    let found = rows.get(id);
    if (!found) {
      const document = store.findDocuments(id, 1).find(({ source }) => source.documentId === id);
      found = document ? store.chunkRows(document.row) : [];
      rows.set(id, found);
    }
    return found;
  };
  return (references) =>
    references.map((reference, index) => {
      const id = parseChunkId(reference.chunkId);
      const rows = id ? rowsOf(id.documentId).slice(0, id.ordinal + 1) : [];
      const isThere = id !== null && rows.length > id.ordinal;
      const text = isThere ? textOf(store, reference, { documentId: id.documentId, rows }) : null;
      return {
        reference,
        hit: hitOfReference(reference, text ?? '', index + 1),
        state: text !== null ? 'there' : isThere ? 'changed' : 'gone',
      };
    });
}

/** A passage that was packed for a model begins so many chunks before the one that it is named for, at most. */
const MAX_CHUNKS_BEFORE = 8;

/**
 * The text that a reference names: its chunk, or a passage of several chunks, also where the document is another before
 * it. Null when the text is not there any more. `rows`: up to its chunk.
 */
function textOf(
  store: Store,
  { span, hash }: PassageReference,
  { documentId, rows }: { readonly documentId: DocumentId; readonly rows: readonly ChunkRow[] },
): string | null {
  const length = span.end - span.start;
  for (const [before, row] of rows
    .slice(-1 - MAX_CHUNKS_BEFORE)
    .reverse()
    .entries()) {
    const start = store.chunks([row]).get(row)?.chunk.span.start;
    const texts = [
      ...(before === 0 ? [store.chunkText(row)] : []),
      ...(start === undefined ? [] : [store.documentText(documentId, { start, end: start + length })]),
    ];
    const found = texts.find((text) => text !== null && hashOf(text) === hash);
    if (found !== undefined) return found;
  }
  return null;
}

/** A hit as far as a reference knows it. */
export function hitOfReference(reference: PassageReference, text: string, rank: number): SearchHit {
  const { chunkId, headingPath, page, lines, span, tokens, path, score, ...document } = reference;
  const id = parseChunkId(chunkId) ?? { documentId: '' as DocumentId, ordinal: 0 };
  const { collection, uri, title, mediaType, type, modifiedAt } = document;
  return {
    chunk: {
      id: chunkId,
      documentId: id.documentId,
      ordinal: id.ordinal,
      span,
      text,
      headingPath,
      page,
      lines,
      tokens,
    },
    document: { documentId: id.documentId, collection, uri, title, mediaType, type, modifiedAt },
    path,
    rank,
    score,
    signals: [],
    snippet: { text: '', matches: [] },
  };
}

/** The list of sources of a turn. `state` of fresh passages is `there`. */
export const sourcesOf = (
  found: readonly Pick<FoundPassage, 'reference' | 'state'>[],
  citations: readonly Citation[],
): ChatSource[] =>
  found.map(({ reference, state }, index) => ({
    marker: index + 1,
    chunkId: reference.chunkId,
    collection: reference.collection,
    uri: reference.uri,
    path: reference.path,
    title: reference.title,
    type: reference.type,
    headingPath: reference.headingPath,
    page: reference.page,
    lines: reference.lines,
    score: reference.score,
    cited: citations.some(({ marker }) => marker === index + 1),
    state,
  }));

/** References as they were kept; what is not one, in a damaged or foreign file, is left out. */
export const readReferences = (stored: unknown): PassageReference[] =>
  Array.isArray(stored) ? stored.slice(0, MAX_PASSAGES).filter(isReference) : [];

function isReference(value: unknown): value is PassageReference {
  if (typeof value !== 'object' || value === null) return false;
  const each = value as Record<string, unknown>;
  const texts = ['chunkId', 'collection', 'uri', 'path', 'title', 'mediaType', 'type', 'hash'];
  return (
    texts.every((name) => typeof each[name] === 'string') &&
    (each.modifiedAt === null || typeof each.modifiedAt === 'string') &&
    Array.isArray(each.headingPath) &&
    each.headingPath.every((part) => typeof part === 'string') &&
    (each.page === null || typeof each.page === 'number') &&
    (each.lines === null || isSpan(each.lines)) &&
    isSpan(each.span) &&
    typeof each.tokens === 'number' &&
    typeof each.score === 'number'
  );
}

const isSpan = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  Number.isInteger((value as { start?: unknown }).start) &&
  Number.isInteger((value as { end?: unknown }).end);
