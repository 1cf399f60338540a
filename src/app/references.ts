import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseChunkId } from '../domain/ids.ts';
import { RagError } from '../platform/errors.ts';
import type { Store, StoredDocument } from '../store/types.ts';
import type { GetResult } from './types.ts';

/** Documents that an ambiguous reference or a missing one is explained with. */
const MAX_NAMED = 5;

/** Text, lines or one chunk of what `<path|URI|document id|chunk id>[:from[-to]]` names. Throws NOT_FOUND or USAGE. */
export function get(store: Store, reference: string): GetResult {
  const chunkId = parseChunkId(reference);
  if (chunkId) {
    const document = one(store, chunkId.documentId, reference);
    const chunk = store.documentChunks(document.row)[chunkId.ordinal];
    if (!chunk) {
      throw new RagError('NOT_FOUND', {
        message: `${document.path} has ${document.chunks} passages; there is no number ${chunkId.ordinal}.`,
        hint: 'The document may have changed since the search; search again.',
      });
    }
    return { document: store.document(document.row), path: document.path, text: chunk.text, lines: chunk.lines, chunk };
  }
  const whole = findByReference(store, reference);
  const range = whole.length === 0 ? /^(.+):(\d+)(?:-(\d+))?$/.exec(reference) : null;
  if (!range) {
    const found = one(store, reference, reference);
    const document = store.document(found.row);
    return { document, path: found.path, text: document.text, lines: null, chunk: null };
  }
  const found = one(store, range[1] as string, reference);
  const document = store.document(found.row);
  const from = Number(range[2]);
  const to = range[3] === undefined ? from : Number(range[3]);
  return {
    document,
    path: found.path,
    chunk: null,
    ...linesOf(document.text, document.firstLine ?? 1, from, to, found.path),
  };
}

function linesOf(text: string, firstLine: number, from: number, to: number, path: string) {
  const lines = text.split('\n');
  const last = firstLine + lines.length - 1;
  if (from < 1 || to < from || from > last) {
    throw new RagError('NOT_FOUND', {
      message: `${path} has the lines ${firstLine} to ${last}; ${from}-${to} is not among them.`,
      hint: 'Give the range as :from-to, counted from 1.',
    });
  }
  const start = Math.max(from, firstLine);
  const end = Math.min(to, last);
  return { text: lines.slice(start - firstLine, end - firstLine + 1).join('\n'), lines: { start, end } };
}

/** Every document that the reference names: by id, URI, path, path from here, or the end of a path. */
export function findByReference(store: Store, reference: string): readonly StoredDocument[] {
  const found = store.findDocuments(reference, MAX_NAMED + 1);
  if (found.length > 0 || /^[a-z]+:\/\//.test(reference)) return found;
  return store.findDocuments(pathToFileURL(resolve(reference)).href, MAX_NAMED + 1);
}

/** The document that the reference names; throws NOT_FOUND, or USAGE when it names several. */
export function one(store: Store, reference: string, asked = reference): StoredDocument {
  const found = findByReference(store, reference);
  if (found.length === 1) return found[0] as StoredDocument;
  if (found.length > 1) {
    const names = found
      .slice(0, MAX_NAMED)
      .map(({ path, source }) => `${path} (${source.documentId}, ${source.collection})`);
    throw new RagError('USAGE', {
      message: `"${asked}" names several documents: ${names.join('; ')}${found.length > MAX_NAMED ? ' and more' : ''}.`,
      hint: 'Name one by its id.',
    });
  }
  throw notFound(store, asked);
}

export function notFound(store: Store, asked: string): RagError {
  const base =
    asked
      .replace(/:\d+(-\d+)?$/, '')
      .split('/')
      .at(-1) ?? asked;
  const stem = base.replace(/\.[^.]*$/, '').replace(/[\\*?[\]{}!()]/g, '');
  const near = stem ? store.documents({ paths: [`*${stem}*`] }, MAX_NAMED, 0) : [];
  return new RagError('NOT_FOUND', {
    message: `There is no document "${asked}".`,
    hint:
      near.length > 0 ? `Did you mean ${near.map(({ path }) => path).join(', ')}?` : 'See `rag ls` for what is there.',
  });
}
