import { stopWords } from './stop-words.ts';
import { indexTerms, type Term } from './text-terms.ts';

/** The words of a text that say something, each stem once. */
export function contentTerms(text: string): Term[] {
  const seen = new Set<string>();
  return indexTerms(text).words.filter(
    (term) => !stopWords.has(term.word) && !seen.has(term.stem) && seen.add(term.stem),
  );
}
