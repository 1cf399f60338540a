import type { AnswerEvent } from '../answer/answer-question.ts';
import type { Citation } from '../domain/answer.ts';
import type { Chunk } from '../domain/chunk.ts';
import type { Hit } from '../domain/search.ts';
import type { Place } from '../domain/span.ts';
import type { Store } from '../store/types.ts';
import { locateSnippet } from './locate-snippet.ts';
import type { SearchHit } from './types.ts';

type Pages = Pick<Store, 'pageAt'>;

/** Where a position of a document's text, within a chunk, stands in the source. */
export function placeOf(store: Pages, chunk: Chunk, position: number): Place {
  const above = chunk.text.slice(0, Math.max(0, position - chunk.span.start));
  return {
    line: chunk.lines === null ? null : Math.min(chunk.lines.end, chunk.lines.start + above.split('\n').length - 1),
    page: chunk.page === null ? null : (store.pageAt(chunk.documentId, position) ?? chunk.page),
  };
}

/** A hit with where the words of its snippet stand. */
export function withPlace(store: Pages, hit: SearchHit): SearchHit {
  const position = hit.chunk.span.start + locateSnippet(hit.chunk.text, hit.snippet);
  return { ...hit, place: placeOf(store, hit.chunk, position) };
}

/** The events of an answer, each citation with where its quote stands. */
export async function* withCitationPlaces(
  store: Pages,
  hits: readonly Hit[],
  events: AsyncIterable<AnswerEvent>,
): AsyncGenerator<AnswerEvent> {
  const chunks = new Map(hits.map(({ chunk }) => [chunk.id, chunk]));
  const placed = (citation: Citation): Citation => {
    const chunk = chunks.get(citation.chunkId);
    return chunk && citation.verified ? { ...citation, place: placeOf(store, chunk, citation.span.start) } : citation;
  };
  for await (const event of events) {
    if (event.type === 'citation') yield { ...event, citation: placed(event.citation) };
    else if (event.type !== 'answer-end') yield event;
    else yield { ...event, answer: { ...event.answer, citations: event.answer.citations.map(placed) } };
  }
}
