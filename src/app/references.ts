import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Document } from '../domain/document.ts';
import { parseChunkId } from '../domain/ids.ts';
import { RagError } from '../platform/errors.ts';
import { nearestName } from '../platform/nearest-name.ts';
import type { Store, StoredDocument } from '../store/types.ts';
import type { GetResult } from './types.ts';

/** Documents that an ambiguous reference or a missing one is explained with. */
const MAX_NAMED = 5;

/**
 * Text, lines, one page or one chunk of what `<path|URI|document id|chunk id>[:from[-to]|#page=N]` names, as searches print
 * it. Throws NOT_FOUND or USAGE.
 */
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
  const page = whole.length === 0 ? /^(.+)#page=(\d{1,9})$/.exec(reference) : null;
  if (page) {
    const found = one(store, page[1] as string, reference);
    const document = store.document(found.row);
    return {
      document,
      path: found.path,
      text: pageOf(document, Number(page[2]), found.path),
      lines: null,
      chunk: null,
    };
  }
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
    const asked = to === from ? String(from) : `${from}-${to}`;
    throw new RagError('NOT_FOUND', {
      message: `${path} has the lines ${firstLine} to ${last}; ${asked} is not among them.`,
      hint:
        to < from ? `Give the lower number first: ${path}:${to}-${from}.` : 'Give one line as :12, several as :12-20.',
    });
  }
  const start = Math.max(from, firstLine);
  const end = Math.min(to, last);
  return { text: lines.slice(start - firstLine, end - firstLine + 1).join('\n'), lines: { start, end } };
}

/** The text of one page; pages begin where their sections do. */
function pageOf({ text, sections }: Document, page: number, path: string): string {
  const pages = sections.filter((section) => section.kind === 'page');
  const wanted = pages.filter((section) => section.page === page);
  if (wanted.length > 0) return wanted.map(({ span }) => text.slice(span.start, span.end)).join('\n');
  throw new RagError('NOT_FOUND', {
    message:
      pages.length === 0
        ? `${path} has no pages.`
        : `${path} has no text on page ${page}; its pages end with ${Math.max(...pages.map((each) => each.page))}.`,
    hint: `\`rag get ${path}\` prints the whole text.`,
  });
}

/** Every document that the reference names: by id, URI, path, path from here, or the end of a path. */
export function findByReference(store: Store, reference: string): readonly StoredDocument[] {
  const found = store.findDocuments(reference, MAX_NAMED + 1);
  if (found.length > 0 || /^[a-z]+:\/\//.test(reference)) return found;
  const here = store.findDocuments(pathToFileURL(resolve(reference)).href, MAX_NAMED + 1);
  return here.length > 0 || /^[\x00-\x7f]*$/.test(reference) ? here : findByLook(store, reference);
}

/** An accented letter has several spellings, and a keyboard gives another one than some file systems. */
function findByLook(store: Store, reference: string): StoredDocument[] {
  const wanted = reference.normalize('NFC');
  const isWanted = (path: string): boolean => path === wanted || path.endsWith(`/${wanted}`);
  return allDocuments(store)
    .filter(({ path }) => isWanted(path.normalize('NFC')))
    .slice(0, MAX_NAMED + 1);
}

const allDocuments = (store: Store): readonly StoredDocument[] => store.documents({}, Number.MAX_SAFE_INTEGER, 0);

/** The document that the reference names; throws NOT_FOUND, or USAGE when it names several. */
export function one(store: Store, reference: string, asked = reference): StoredDocument {
  const found = findByReference(store, reference);
  if (found.length === 1) return found[0] as StoredDocument;
  if (found.length > 1) {
    const names = found.slice(0, MAX_NAMED).map(({ path, source }) => {
      const isShared = found.some((other) => other.path === path && other.source.uri !== source.uri);
      return `${isShared ? source.uri : path} (${source.documentId}, ${source.collection})`;
    });
    throw new RagError('USAGE', {
      message: `"${asked}" names several documents: ${names.join('; ')}${found.length > MAX_NAMED ? ' and more' : ''}.`,
      hint: 'Name one by its id.',
    });
  }
  throw notFound(store, asked);
}

/** Refuses a reference that names nothing, with the names that it may have been meant for. */
export function notFound(store: Store, asked: string): RagError {
  const near = nearPathsOf(store, asked);
  return new RagError('NOT_FOUND', {
    message: `There is no document "${asked}".`,
    hint: near.length > 0 ? `Did you mean ${near.join(', ')}?` : 'See `rag ls` for what is there.',
  });
}

/** Paths that a reference which names nothing may have been meant for. */
export const nearPathsOf = (store: Store, asked: string): string[] =>
  nearPaths(
    asked.replace(/(?::\d+(?:-\d+)?|#page=\d+)$/, ''),
    allDocuments(store).map(({ path }) => path),
  );

/** A part of a name that is shorter than this is in too many names. */
const MIN_STEM_LENGTH = 3;

/** Paths whose last part holds the stem of the last part of what was asked, in any case; else the nearest spelling. */
function nearPaths(asked: string, paths: readonly string[]): string[] {
  const base = plain(baseOf(asked));
  const stem = base.replace(/\.[^.]*$/, '').replace(/[\\*?[\]{}!()]/g, '');
  const within = (part: string): string[] =>
    part.length < MIN_STEM_LENGTH ? [] : paths.filter((path) => plain(baseOf(path)).includes(part));
  const same = paths.filter((path) => plain(baseOf(path)) === base);
  const holding = same.length > 0 ? same : within(stem);
  if (holding.length > 0) return holding.slice(0, MAX_NAMED);
  const below = stem.length < MIN_STEM_LENGTH ? [] : paths.filter((path) => plain(path).includes(`${stem}/`));
  if (below.length > 0) return below.slice(0, MAX_NAMED);
  const nearest = base.length < MIN_STEM_LENGTH ? null : nearestName(base, [...new Set(paths.map(baseOf))]);
  return nearest === null ? [] : paths.filter((path) => baseOf(path) === nearest).slice(0, MAX_NAMED);
}

const baseOf = (path: string): string => path.replace(/\/$/, '').split('/').at(-1) ?? path;

const plain = (name: string): string => name.normalize('NFC').toLowerCase();
