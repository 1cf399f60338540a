import type { ChatSource } from '../../app/chat/types.ts';
import type { SearchHit } from '../../app/types.ts';
import { placeOfHit } from '../../present/text/location.ts';
import type { Openable } from '../state/types.ts';

export function openableOfHit(hit: SearchHit): Openable {
  const { page, lines } = placeOfHit(hit);
  const { uri, title } = hit.document;
  return {
    marker: hit.rank,
    title,
    uri,
    path: hit.path,
    type: typeOf(hit.path),
    line: lines?.start ?? null,
    page,
    chunkId: hit.chunk.id,
  };
}

export const openableOfSource = ({ marker, title, uri, path, type, lines, page, chunkId }: ChatSource): Openable => ({
  marker,
  title,
  uri,
  path,
  type,
  line: lines?.start ?? null,
  page,
  chunkId,
});

/** The end of a name, small: `pdf` of `Manual.PDF`. */
export const typeOf = (path: string): string => /\.([a-z0-9]{1,10})$/i.exec(path)?.[1]?.toLowerCase() ?? '';
