import { type QueryKind, queryKind, questionStart } from './query/query-kind.ts';
import { type QueryFilter, readOperators } from './query/read-operators.ts';
import { stopWords } from './stop-words.ts';

export type ParsedQuery = {
  /** As typed, trimmed. */
  readonly text: string;
  /** The text without operators: what is looked for, and what an embedding model is given. */
  readonly wording: string;
  readonly kind: QueryKind;
  /** Words to look for, in order, without stop words. */
  readonly terms: readonly string[];
  /** Stop words that were left out. */
  readonly dropped: readonly string[];
  /**
   * What stood in double quotes and must be there as it is. In a question quotes are only emphasis: there the phrase is
   * one more term (measured: required phrases cost multi-hop questions 3 points).
   */
  readonly phrases: readonly string[];
  /** Words and phrases that no passage found may have. */
  readonly excluded: readonly string[];
  /** What the query itself asks of documents: `type:pdf`, `since:2024-03`, `from last month`. */
  readonly filters: readonly QueryFilter[];
  /** What looks like an operator and was read as words. */
  readonly unread: readonly string[];
};

/** A pasted page is a legitimate query; a pasted book is not. In UTF-16 units. */
const MAX_QUERY_LENGTH = 10_000;

const quoted = /"([^"]+)"|“([^”]+)”|„([^“”]+)[“”]|«([^»]+)»/g;
/** As the word index cuts: `first-quarter`, `snake_case` and `a.b` are their parts (measured: up to 3 points better). */
const word = /[\p{L}\p{N}\p{M}\p{Co}]+/gu;
const contraction = /(?<=\p{L})['’](?:s|t|d|m|re|ve|ll)(?![\p{L}\p{N}])/giu;

/** More words than this beside the quotes make a sentence, not a search. */
const MAX_WORDS_OF_A_SEARCH = 6;

/**
 * Splits a query into operators, words and quoted phrases. A query of stop words only requires them all. Never throws.
 * `literal` names operators that are read as words.
 */
export function parseQuery(query: string, literal?: ReadonlySet<string>): ParsedQuery {
  const text = query.normalize('NFC').trim().slice(0, MAX_QUERY_LENGTH);
  const { rest: wording, filters, excluded, unread } = readOperators(text, literal);
  return { text, wording, kind: queryKind(wording), ...splitWords(wording), excluded, filters, unread };
}

/** Words and phrases of a text without operators. */
export function splitWords(text: string): Pick<ParsedQuery, 'terms' | 'dropped' | 'phrases'> {
  const quotes: string[] = [];
  const rest = text.replace(quoted, (_, ...groups: unknown[]) => {
    const phrase = groups.slice(0, 4).find((group) => typeof group === 'string') as string;
    if (/[\p{L}\p{N}]/u.test(phrase)) quotes.push(phrase.trim());
    return ' ';
  });
  const wordsBeside = wordsOf(rest);
  const isSentence = text.endsWith('?') || questionStart.test(text) || wordsBeside.length > MAX_WORDS_OF_A_SEARCH;
  const phrases = isSentence ? [] : quotes;
  const words = isSentence ? [...new Set([...wordsOf(text), ...quotes])] : wordsBeside;
  const isStopWord = (candidate: string) => stopWords.has(candidate.toLowerCase());
  const terms = words.filter((candidate) => !isStopWord(candidate));
  if (terms.length === 0 && phrases.length === 0) return { ...stopWordsOnly(text, words), dropped: [] };
  return { terms, dropped: words.filter(isStopWord), phrases };
}

/**
 * Words of which each stands in nearly every passage say something together only: all are required, and those that follow
 * one another as in the query count once more.
 */
function stopWordsOnly(text: string, words: readonly string[]): Pick<ParsedQuery, 'terms' | 'phrases'> {
  if (words.length < 2) return { terms: words, phrases: [] };
  return { terms: [(text.replace(contraction, '').match(word) ?? []).join(' ')], phrases: words };
}

const wordsOf = (text: string): string[] => [...new Set(text.replace(contraction, '').match(word) ?? [])];
