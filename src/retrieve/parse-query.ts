import { stopWords } from './stop-words.ts';

export type ParsedQuery = {
  /** As typed, trimmed. */
  readonly text: string;
  /** Words to look for, in order, without stop words. */
  readonly terms: readonly string[];
  /** Stop words that were left out. */
  readonly dropped: readonly string[];
  /** What stood in double quotes: must be there as it is. */
  readonly phrases: readonly string[];
};

/** A pasted page is a legitimate query; a pasted book is not. In UTF-16 units. */
const MAX_QUERY_LENGTH = 10_000;

const quoted = /"([^"]+)"|“([^”]+)”|„([^“”]+)[“”]|«([^»]+)»/g;
const word = /[\p{L}\p{N}\p{M}\p{Co}]+(?:[_.\-'’/@:#+][\p{L}\p{N}\p{M}\p{Co}]+)*/gu;

/** Splits a query into words and quoted phrases. A query of stop words only keeps them. Never throws. */
export function parseQuery(query: string): ParsedQuery {
  const text = query.normalize('NFC').trim().slice(0, MAX_QUERY_LENGTH);
  const phrases: string[] = [];
  const rest = text.replace(quoted, (_, ...groups: unknown[]) => {
    const phrase = groups.slice(0, 4).find((group) => typeof group === 'string') as string;
    if (/[\p{L}\p{N}]/u.test(phrase)) phrases.push(phrase.trim());
    return ' ';
  });
  const words = [...new Set(rest.match(word) ?? [])];
  const isStopWord = (candidate: string) => stopWords.has(candidate.toLowerCase());
  const terms = words.filter((candidate) => !isStopWord(candidate));
  if (terms.length === 0 && phrases.length === 0) return { text, terms: words, dropped: [], phrases };
  return { text, terms, dropped: words.filter(isStopWord), phrases };
}
