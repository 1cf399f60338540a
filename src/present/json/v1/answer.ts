import type { AskEvent, SearchResult } from '../../../app/types.ts';
import type { Answer, Citation } from '../../../domain/answer.ts';
import type { Hit } from '../../../domain/search.ts';
import { locationOf, placeOfHit } from '../../text/location.ts';
import { passageToJson, searchToJson } from './search.ts';

/**
 * Data of `rag.answer/1`. `citations[].marker` n belongs to `passages[n - 1]`. `unverifiedQuotations`: what the answer puts
 * in quotation marks though no passage says it; spans are of `text`, where it is marked. `checks`: its sentences, compared
 * with what they cite; `rawText` is as the model wrote it, where `text` has marks. `incomplete`: the model broke off, or
 * was stopped. `route`: what kind of question it was taken for. `grade`: how far the passages speak of the question; `corrections`: the further searches where they did not.
 */
export const answerToJson = (answer: Answer, search: SearchResult | null) => ({
  question: answer.question,
  text: answer.text,
  model: answer.model,
  support: answer.support,
  citations: answer.citations.map((citation) => citationToJson(citation, answer.hits[citation.marker - 1])),
  checks: answer.checks ?? [],
  ...(answer.rawText === undefined ? {} : { rawText: answer.rawText }),
  ...(answer.incomplete ? { incomplete: true } : {}),
  unverifiedQuotations: answer.unverifiedQuotations ?? [],
  passages: answer.hits.map(passageToJson),
  usage: answer.usage,
  warnings: answer.warnings,
  ...(search?.route ? { route: search.route } : {}),
  ...(search?.grade ? { grade: search.grade } : {}),
  corrections: search?.corrections ?? [],
  search: search === null ? null : { mode: search.mode, elapsedMs: search.elapsedMs, notes: search.notes },
});

/**
 * `verified`: the quote stands in the stored text, character for character, at `span`. `attached`: found for a sentence of
 * the answer that cites nothing. `stale`: its file has changed, or is gone, since it was read. `line`, `page` and `location` are where the quote begins.
 */
export const citationToJson = (citation: Citation, hit?: Hit) => ({
  marker: citation.marker,
  chunkId: citation.chunkId,
  span: citation.span,
  quote: citation.quote,
  verified: citation.verified,
  ...citation.place,
  ...(citation.place && hit ? { location: locationOf(placeOfHit({ ...hit, place: citation.place })) } : {}),
  ...(citation.attached ? { attached: true } : {}),
  ...(citation.stale ? { stale: true } : {}),
});

/** One line of `rag ask -o jsonl`. */
export function askEventToLine(event: AskEvent) {
  switch (event.type) {
    case 'search-end':
      return { type: event.type, ...searchToJson(event.result, { explain: false }) };
    case 'text-delta':
      return { type: event.type, text: event.text };
    case 'citation':
      return { type: event.type, ...citationToJson(event.citation) };
    case 'answer-end':
      return { type: event.type, ...answerToJson(event.answer, null) };
  }
}
