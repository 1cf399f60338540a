import { isAbsolute, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Hit } from '../../domain/search.ts';
import type { Place as SourcePlace } from '../../domain/span.ts';

export type Place = {
  /** `file://`, `http(s)://` or `stdin:` URI. */
  readonly uri: string;
  readonly page: number | null;
  readonly lines: { readonly start: number; readonly end: number } | null;
};

/**
 * A place as terminals, editors and browsers open it: `notes/a.md:12`, `manual.pdf#page=3`, a URL. A file below
 * `workingFolder` is named relative to it, any other by its absolute path. Not escaped.
 */
export function locationOf(place: Place, workingFolder?: string): string {
  const name = fileNameOf(place.uri, workingFolder);
  if (place.page !== null) return `${name}#page=${place.page}`;
  return place.lines !== null && place.uri.startsWith('file:') ? `${name}:${place.lines.start}` : name;
}

/** Where a hit opens: at the words that its snippet shows where that is known, else where its passage begins. */
export function placeOfHit(hit: Hit & { readonly place?: SourcePlace }): Place {
  const { chunk, document, place } = hit;
  const lines = place?.line && chunk.lines ? { start: place.line, end: chunk.lines.end } : chunk.lines;
  return { uri: document.uri, page: place?.page ?? chunk.page, lines };
}

/** The path of a `file://` URI; any other URI as it is. */
export function fileNameOf(uri: string, workingFolder?: string): string {
  if (!uri.startsWith('file:')) return uri;
  const path = pathOf(uri);
  if (path === null || workingFolder === undefined) return path ?? uri;
  const below = relative(workingFolder, path);
  return below === '' || below.startsWith('..') || isAbsolute(below) ? path : below;
}

function pathOf(uri: string): string | null {
  try {
    return fileURLToPath(uri);
  } catch {
    // A URI with a host or an encoded slash names no file here; it is shown as it is.
    return null;
  }
}
