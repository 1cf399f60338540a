import type { LexicalQuery } from '../types.ts';
import { camelParts, foldSemitic, gramRunsOf, isShortGram, withoutUnspacedScript } from './analyze-text.ts';

/** A query of more words is a pasted document; its rarest words are not worth the time of all of them. */
const MAX_QUERY_TERMS = 256;

/** FTS5 takes a few hundred operators; nobody types as many phrases. */
const MAX_PHRASES = 64;

/** What to look for in the word index: terms by OR, phrases all required. Null when it has none of either. */
export function wordExpression(query: LexicalQuery): string | null {
  const words = query.terms.slice(0, MAX_QUERY_TERMS).flatMap((term) => wordPart(term) ?? []);
  const wanted = new Set(words.flatMap((word) => [foldSemitic(word), ...camelParts(word)]));
  return join(wordPhrases(query), [...wanted].slice(0, MAX_QUERY_TERMS).map(quote));
}

/** As `wordExpression`, for the n-gram index. */
export function gramExpression(query: LexicalQuery): string | null {
  const wanted = new Set(query.terms.slice(0, MAX_QUERY_TERMS).flatMap((term) => gramRunsOf(term).flat()));
  return join(
    gramPhrases(query),
    [...wanted].slice(0, MAX_QUERY_TERMS).map((gram) => gramPhrase([gram])),
  );
}

/** What the phrases ask of the word index, terms aside; null when they ask nothing of it. */
export const requiredWords = (query: LexicalQuery): string | null => join(wordPhrases(query), []);

/** What the phrases ask of the n-gram index, terms aside; null when they ask nothing of it. */
export const requiredGrams = (query: LexicalQuery): string | null => join(gramPhrases(query), []);

/** What no passage may have of the word index: any of the words or phrases, each as it stands. Null when it is none. */
export function excludedWords(texts: readonly string[]): string | null {
  const parts = texts.slice(0, MAX_PHRASES).flatMap((text) => wordPart(text) ?? []);
  return parts.length > 0 ? parts.map((part) => quote(foldSemitic(part))).join(' OR ') : null;
}

/** Passages under a heading with each part of a name (`Parser.parse`), whatever stands between them. Null when it has no word. */
export function headingWords(name: string): string | null {
  const parts = name
    .split(/[.:#]+/)
    .slice(0, MAX_PHRASES)
    .flatMap((part) => wordPart(part) ?? []);
  return parts.length > 0 ? `{headings} : (${parts.map((part) => quote(foldSemitic(part))).join(' AND ')})` : null;
}

/** As `excludedWords`, for the n-gram index; of a text in two kinds of script both parts count. */
export function excludedGrams(texts: readonly string[]): string | null {
  const runs = texts.slice(0, MAX_PHRASES).flatMap((text) => gramRunsOf(text));
  return runs.length > 0 ? runs.slice(0, MAX_PHRASES).map(gramPhrase).join(' OR ') : null;
}

const wordPhrases = ({ phrases }: LexicalQuery): string[] =>
  phrases.slice(0, MAX_PHRASES).flatMap((phrase) => {
    const part = wordPart(phrase);
    return part === null ? [] : [quote(foldSemitic(part))];
  });

const gramPhrases = ({ phrases }: LexicalQuery): string[] =>
  phrases
    .slice(0, MAX_PHRASES)
    .flatMap((phrase) => gramRunsOf(phrase).map(gramPhrase))
    .slice(0, MAX_PHRASES);

function join(phrases: readonly string[], wanted: readonly string[]): string | null {
  if (phrases.length === 0) return wanted.length > 0 ? wanted.join(' OR ') : null;
  const all = [...new Set(phrases)];
  const required = all.join(' AND ');
  return wanted.length > 0 ? `(${required}) AND (${[...all, ...wanted].join(' OR ')})` : required;
}

const hasWord = /[\p{L}\p{N}\p{Co}]/u;

/** Null when the word index has nothing of the text. */
function wordPart(text: string): string | null {
  const part = withoutUnspacedScript(text).trim();
  return hasWord.test(part) ? part : null;
}

/** Grams that follow one another in the index; a last one that is short may begin many. */
const gramPhrase = (grams: readonly string[]): string =>
  `${quote(grams.join(' '))}${isShortGram(grams.at(-1) ?? '') ? ' *' : ''}`;

/** FTS5 reads its expression as C text: a NUL would end it inside the quotes. */
const quote = (text: string): string => `"${text.replaceAll('\0', ' ').replaceAll('"', '""')}"`;
