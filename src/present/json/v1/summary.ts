import type { Summary, SummaryEvent } from '../../../app/summarize/types.ts';
import { citationToJson } from './answer.ts';
import { passageToJson } from './search.ts';

/**
 * Data of `rag.summary/1`. `scope`: what was read, and how much of it. `passages` are those that are cited, each with its
 * `marker`; `checks` are of the sentences of `text`.
 */
export const summaryToJson = ({ scope, length, answer }: Summary) => {
  const cited = new Set(answer.citations.map(({ marker }) => marker));
  return {
    scope,
    length,
    text: answer.text,
    model: answer.model,
    support: answer.support,
    citations: answer.citations.map((citation) => citationToJson(citation, answer.hits[citation.marker - 1])),
    checks: answer.checks ?? [],
    ...(answer.rawText === undefined ? {} : { rawText: answer.rawText }),
    unverifiedQuotations: answer.unverifiedQuotations ?? [],
    passages: answer.hits.flatMap((hit, at) => (cited.has(at + 1) ? [{ marker: at + 1, ...passageToJson(hit) }] : [])),
    usage: answer.usage,
    warnings: answer.warnings,
  };
};

/** One line of `rag summarize -o jsonl`. */
export function summaryEventToLine(event: SummaryEvent) {
  if (event.type === 'summary-end') return { type: event.type, ...summaryToJson(event.summary) };
  return event.type === 'citation' ? { type: event.type, ...citationToJson(event.citation) } : event;
}
