import { basename } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import type { Chunk } from '../../domain/chunk.ts';
import type { Document } from '../../domain/document.ts';
import type { ParsedDocument } from '../../parse/types.ts';
import { sha256Short } from '../../platform/hash.ts';
import { embedText } from '../ingest/embed-text.ts';
import type { ParsedChunk } from '../ingest/parse-task.ts';
import type { ChunkChange } from './types.ts';

/** The title that the content gave; null for one that was taken from the name of the file. */
export const ownTitleOf = (title: string, path: string): string | null =>
  title === path || title === basename(path) ? null : title;

/**
 * How the passages of a document change, and whether they do at all. A passage is kept where one with the same embedded
 * text was there: it has its vector already.
 */
export function compareChunks(
  stored: { readonly chunks: readonly Chunk[]; readonly ownTitle: string | null },
  fresh: readonly ParsedChunk[],
): { readonly change: ChunkChange; readonly isSame: boolean } {
  const hashOf = ({ headingPath, text }: Chunk): string =>
    keyOf(sha256Short(embedText(stored.ownTitle, headingPath, text)));
  const hashes = new Set(stored.chunks.map(hashOf));
  const kept = fresh.filter(({ embedHash }) => hashes.has(keyOf(embedHash))).length;
  const isSame =
    stored.chunks.length === fresh.length &&
    kept === fresh.length &&
    fresh.every((chunk, at) => isSamePlace(chunk, stored.chunks[at]!));
  return { change: { before: stored.chunks.length, after: fresh.length, kept }, isSame };
}

/** Whether what a parser made of a document is what is stored, but for its passages. */
export function isSameDocument(stored: Document, path: string, fresh: Omit<ParsedDocument, 'blocks'>): boolean {
  const { text, source, sections, metadata, language, firstLine } = stored;
  return (
    text === fresh.text &&
    source.type === fresh.type &&
    source.mediaType === fresh.mediaType &&
    firstLine === fresh.firstLine &&
    language === fresh.language &&
    ownTitleOf(source.title, path) === ownTitleOf(fresh.title?.trim() || basename(path), path) &&
    isDeepStrictEqual(asJson([sections, metadata]), asJson([fresh.sections, fresh.metadata]))
  );
}

/** As what comes back from the store. */
const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

const isSamePlace = (fresh: ParsedChunk, stored: Chunk): boolean =>
  fresh.span.start === stored.span.start && fresh.span.end === stored.span.end && fresh.page === stored.page;

const keyOf = (hash: Uint8Array): string => Buffer.from(hash).toString('hex');
