import type { Section } from '../../domain/document.ts';
import type { EmbeddingSpace } from '../../domain/search.ts';
import { RagError } from '../../platform/errors.ts';
import { sha256Short } from '../../platform/hash.ts';
import { checkedCollectionName } from '../collection-name.ts';
import type { PreparedDocument } from '../ingest/document-writer.ts';
import { embedText } from '../ingest/embed-text.ts';
import type { ParsedChunk } from '../ingest/parse-task.ts';
import { MAX_TEXT_LENGTH } from '../ingest/read-item.ts';

const MAX_NAME = 4096;
const MAX_PARTS = 1_000_000;
const MAX_TAGS = 1000;
/** Of a Date. */
const MAX_TIME = 8.64e15;
const HEX_HASH = /^[0-9a-f]{64}$/;

type Fields = Readonly<Record<string, unknown>>;

/** A document of an export, its place in the new knowledge base still open. */
export type ReadDocument = Omit<PreparedDocument, 'id' | 'sourceRow'> & { readonly collection: string };

/**
 * One document line, checked field by field: spans lie in the text, passages are in order and leave out no text. The hash
 * of what was embedded is made anew, so that no file can put a vector of its own on another text.
 * `space`: of the vectors in the file; null when they cannot be used here. Throws USAGE, naming the field.
 */
export function readExported(value: Fields, space: EmbeddingSpace | null): ReadDocument {
  const text = string(value.text, 'text', MAX_TEXT_LENGTH);
  if (text !== text.normalize('NFC') || text.includes('\r') || text.includes('\0'))
    throw wrong('its text is not normalised');
  const title = string(value.title, 'title', MAX_NAME);
  const hash = string(value.contentHash, 'contentHash', 64);
  if (!HEX_HASH.test(hash)) throw wrong('its contentHash is no sha256');
  const passages = list(value.passages, 'passages', MAX_PARTS).map((each) => fields(each, 'passages'));
  const ownTitle = titleEmbedded(passages, { text, title });
  return {
    collection: checkedCollectionName(string(value.collection, 'collection', MAX_NAME)),
    uri: string(value.uri, 'uri', MAX_NAME),
    path: string(value.path, 'path', MAX_NAME),
    title,
    ownTitle,
    mediaType: string(value.mediaType, 'mediaType', 200),
    type: string(value.documentType, 'documentType', 40),
    modifiedAt: nullable(value.modifiedAt, (given) => dateOf(given, 'modifiedAt')),
    language: nullable(value.language, (given) => string(given, 'language', 40)),
    size: nullable(value.size, (given) => number(given, 'size')),
    mtimeMs: nullable(value.mtimeMs, (given) => time(given, 'mtimeMs')),
    contentHash: hash,
    firstLine: nullable(value.firstLine, (given) => number(given, 'firstLine')),
    text,
    sections: list(value.sections, 'sections', MAX_PARTS).map((each) =>
      sectionOf(fields(each, 'sections'), text.length),
    ),
    tags: list(value.tags, 'tags', MAX_TAGS).map((tag) => string(tag, 'tags', 200)),
    metadata: fields(value.metadata ?? {}, 'metadata'),
    chunks: chunksOf(passages, { text, ownTitle, space }),
  };
}

/** Whether the title was part of what was embedded; see PreparedDocument.ownTitle. */
function titleEmbedded(passages: readonly Fields[], { text, title }: { text: string; title: string }): string | null {
  const first = passages[0];
  if (!first) return title;
  const own = text.slice(number(first.start, 'start'), number(first.end, 'end'));
  const without = sha256Short(embedText(null, headings(first), own));
  return Buffer.from(without).toString('hex') === first.embedHash ? null : title;
}

function chunksOf(
  passages: readonly Fields[],
  { text, ownTitle, space }: { text: string; ownTitle: string | null; space: EmbeddingSpace | null },
): ParsedChunk[] {
  let covered = 0;
  let former = -1;
  const chunks = passages.map((passage, ordinal): ParsedChunk => {
    const start = number(passage.start, 'start');
    const end = number(passage.end, 'end');
    if (start >= end || end > text.length || start <= former)
      throw wrong(`passage ${ordinal} is not in order or outside of the text`);
    if (start > covered && text.slice(covered, start).trim() !== '')
      throw wrong(`no passage holds the text before passage ${ordinal}`);
    former = start;
    covered = Math.max(covered, end);
    const headingPath = headings(passage);
    const vector = space && typeof passage.vector === 'string' ? vectorOf(passage.vector, space.dimensions) : undefined;
    return {
      ordinal,
      span: { start, end },
      headingPath,
      page: nullable(passage.page, (given) => number(given, 'page')),
      lines: nullable(passage.lines, (given) => {
        const lines = fields(given, 'lines');
        return { start: number(lines.start, 'lines'), end: number(lines.end, 'lines') };
      }),
      tokens: Math.max(1, number(passage.tokens, 'tokens')),
      embedHash: sha256Short(embedText(ownTitle, headingPath, text.slice(start, end))),
      ...(vector && { vector }),
    };
  });
  if (text.slice(covered).trim() !== '') throw wrong('no passage holds the end of its text');
  return chunks;
}

const headings = (passage: Fields): string[] =>
  list(passage.headingPath, 'headingPath', 100).map((each) => string(each, 'headingPath', MAX_NAME));

function sectionOf(section: Fields, length: number): Section {
  const given = fields(section.span, 'sections');
  const span = { start: number(given.start, 'sections'), end: number(given.end, 'sections') };
  if (span.start > span.end || span.end > length) throw wrong('a section lies outside of the text');
  if (section.kind === 'page') return { kind: 'page', page: number(section.page, 'sections'), span };
  return {
    kind: 'heading',
    title: string(section.title, 'sections', MAX_TEXT_LENGTH),
    level: number(section.level, 'sections'),
    span,
  };
}

/** Signed bytes in base64; undefined when they are not as many as the space has dimensions, or all 0. */
function vectorOf(base64: string, dimensions: number): Float32Array | undefined {
  const bytes = Buffer.from(base64, 'base64');
  if (bytes.length !== dimensions) return undefined;
  const values = new Int8Array(bytes.buffer, bytes.byteOffset, bytes.length);
  const norm = Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
  return norm === 0 ? undefined : Float32Array.from(values, (value) => value / norm);
}

function fields(value: unknown, name: string): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields;
  throw wrong(`its ${name} is no object`);
}

function list(value: unknown, name: string, most: number): readonly unknown[] {
  if (Array.isArray(value) && value.length <= most) return value;
  throw wrong(`its ${name} is no list of at most ${most}`);
}

function string(value: unknown, name: string, most: number): string {
  if (typeof value === 'string' && value.length <= most) return value;
  throw wrong(`its ${name} is no text of at most ${most} characters`);
}

function number(value: unknown, name: string): number {
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 0) return value;
  throw wrong(`its ${name} is no whole number from 0 on`);
}

/** Milliseconds since 1970, with a fraction where the file system knows one, and before 1970 less than 0. */
function time(value: unknown, name: string): number {
  if (typeof value === 'number' && Math.abs(value) <= MAX_TIME) return value;
  throw wrong(`its ${name} is no time`);
}

function dateOf(value: unknown, name: string): string {
  const date = string(value, name, 40);
  if (!Number.isNaN(Date.parse(date))) return date;
  throw wrong(`its ${name} is no date`);
}

const nullable = <Result>(value: unknown, read: (value: unknown) => Result): Result | null =>
  value === null || value === undefined ? null : read(value);

const wrong = (what: string): RagError =>
  new RagError('USAGE', { message: `The document cannot be taken over: ${what}.`, hint: 'Export it again.' });
