import type { Store } from '../../store/types.ts';

/** A word of the query that no passage has, and words that passages have and that are written much like it. */
export type Suggestion = { readonly term: string; readonly words: readonly string[] };

/** More unknown words than this are no slip of the fingers; each costs up to a tenth of a second. */
const MAX_UNKNOWN = 3;
/** A pasted page is not checked for its spelling. */
const MAX_TERMS = 24;
const MAX_WORDS = 3;

/** Suggestions for each word that the index does not know and has something near to. */
export function suggestWords(
  store: Pick<Store, 'knowsWord' | 'nearestWords'>,
  terms: readonly string[],
): readonly Suggestion[] {
  if (terms.length > MAX_TERMS) return [];
  const suggestions: Suggestion[] = [];
  let unknown = 0;
  for (const term of terms) {
    if (unknown >= MAX_UNKNOWN || store.knowsWord(term)) continue;
    unknown++;
    const words = store.nearestWords(term, MAX_WORDS);
    if (words.length > 0) suggestions.push({ term, words });
  }
  return suggestions;
}

/** `No passage has "parentl"; did you mean "parental"?` */
export const didYouMean = ({ term, words }: Suggestion): string =>
  `No passage has "${term}"; did you mean ${words.map((word) => `"${word}"`).join(' or ')}?`;

/** Whether a note is what `didYouMean` says of one of these words. */
export const isSuggestionFor = (note: string, words: readonly string[]): boolean =>
  words.some((word) => note.startsWith(`No passage has "${word}";`));

/** The terms with each unknown one replaced by the nearest. */
export function correctTerms(terms: readonly string[], suggestions: readonly Suggestion[]): string[] {
  const nearest = new Map(suggestions.map(({ term, words }) => [term, words[0] as string]));
  return [...new Set(terms.map((term) => nearest.get(term) ?? term))];
}
