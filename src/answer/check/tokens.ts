import type { Span } from '../../domain/span.ts';
import { stopWords } from '../stop-words.ts';
import { type Term, termsOf } from '../text-terms.ts';
import type { Fact } from './facts.ts';
import { readFacts } from './read-facts.ts';

/** A word of a sentence, or a number or date of it, in order. */
export type Token = {
  /** Equal for what is compared as equal: a stem. */
  readonly key: string;
  readonly term: Term;
  readonly span: Span;
  /** The fact that the word belongs to, null for other words. */
  readonly fact: Fact | null;
  /** Whether the word says something. */
  readonly isContent: boolean;
};

export type ReadText = { readonly text: string; readonly tokens: readonly Token[]; readonly facts: readonly Fact[] };

/** A text as words and facts. */
export function readText(text: string): ReadText {
  const facts = readFacts(text);
  let at = 0;
  const tokens = termsOf(text).map((term): Token => {
    while (at < facts.length && facts[at]!.span.end <= term.start) at++;
    const fact = facts[at] && facts[at]!.span.start < term.end ? facts[at]! : null;
    const isContent = (fact !== null && fact.kind !== 'name') || !stopWords.has(term.word);
    return { key: term.stem, term, span: { start: term.start, end: term.end }, fact, isContent };
  });
  return { text, tokens, facts };
}
