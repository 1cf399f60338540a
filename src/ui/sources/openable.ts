import type { ChatTurn } from '../../app/chat/types.ts';
import type { SearchHit } from '../../app/types.ts';
import { placeOfHit } from '../../present/text/location.ts';
import type { Openable } from '../state/types.ts';

/** A hit of a search for `query`. */
export function openableOfHit(hit: SearchHit, query: string): Openable {
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
    query,
  };
}

/** The passages that an answer was given from. */
export const openablesOfTurn = ({ sources, searchedFor }: ChatTurn): readonly Openable[] =>
  sources.map(({ marker, title, uri, path, type, lines, page, chunkId }) => ({
    marker,
    title,
    uri,
    path,
    type,
    line: lines?.start ?? null,
    page,
    chunkId,
    query: searchedFor,
  }));

/** The end of a name, small: `pdf` of `Manual.PDF`. */
export const typeOf = (path: string): string => /\.([a-z0-9]{1,10})$/i.exec(path)?.[1]?.toLowerCase() ?? '';
