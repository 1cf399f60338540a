import type { SearchHit, SearchResult } from '../../../app/types.ts';
import type { Hit } from '../../../domain/search.ts';
import { locationOf, placeOfHit } from '../../text/location.ts';

/** A passage with where it stands. `location` opens in an editor or browser: absolute path with line or page, or URL. */
export const passageToJson = (hit: Hit) => ({
  rank: hit.rank,
  score: hit.score,
  title: hit.document.title,
  location: locationOf({ uri: hit.document.uri, page: hit.chunk.page, lines: hit.chunk.lines }),
  uri: hit.document.uri,
  collection: hit.document.collection,
  format: hit.document.type,
  mediaType: hit.document.mediaType,
  modifiedAt: hit.document.modifiedAt,
  documentId: hit.document.documentId,
  chunkId: hit.chunk.id,
  ordinal: hit.chunk.ordinal,
  headingPath: hit.chunk.headingPath,
  page: hit.chunk.page,
  lines: hit.chunk.lines,
  span: hit.chunk.span,
  tokens: hit.chunk.tokens,
  text: hit.chunk.text,
  signals: hit.signals,
  ...(hit.validity ? { validity: hit.validity } : {}),
});

/**
 * A hit of a search; the spans of `snippet.matches` index `snippet.text`. `match` is where the words of the snippet stand,
 * `location` where the passage begins.
 */
export const hitToJson = (hit: SearchHit) => ({
  ...passageToJson(hit),
  path: hit.path,
  snippet: hit.snippet,
  ...(hit.copies ? { copies: hit.copies } : {}),
  ...(hit.confidence === undefined ? {} : { confidence: hit.confidence }),
  ...(hit.place ? { match: { ...hit.place, location: locationOf(placeOfHit(hit)) } } : {}),
});

/** Data of `rag.search/1`. */
export const searchToJson = (result: SearchResult, options: { readonly explain: boolean }) => ({
  query: result.query,
  mode: result.mode,
  elapsedMs: result.elapsedMs,
  notes: result.notes,
  ...(result.route ? { route: result.route } : {}),
  hits: result.hits.map((hit, i) => ({
    ...hitToJson(hit),
    ...(options.explain && result.explained ? { explained: result.explained[i] } : {}),
  })),
  ...(options.explain ? { explanation: result.explanation } : {}),
});

/** Lines of `rag search -o jsonl`: one `hit` each, then `search-end`. */
export const searchToLines = (result: SearchResult, options: { readonly explain: boolean }) => {
  const { hits, ...rest } = searchToJson(result, options);
  return [
    ...hits.map((hit) => ({ type: 'hit' as const, ...hit })),
    { type: 'search-end' as const, ...rest, count: hits.length },
  ];
};
