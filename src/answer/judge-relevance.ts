import type { Hit } from '../domain/search.ts';
import { questionTerms, type WeightedTerm } from './question-terms.ts';
import { indexTerms, matchTerm, type TermIndex } from './text-terms.ts';

export type Relevance = {
  readonly answerable: boolean;
  /** Share of the question's mass that the best hit holds, in [0, 1]. */
  readonly coverage: number;
  /** Names, numbers and codes of the question that no hit holds. */
  readonly missing: readonly string[];
};

export type RelevanceOptions = {
  readonly question: string;
  readonly hits: readonly Hit[];
  readonly idf?: (word: string) => number;
};

/** Below this share the best hit speaks about something else. */
const MIN_COVERAGE = 0.34;
/** From this share on, a missing name is taken for another spelling of what the passage says. */
const COVERAGE_DESPITE_MISSING = 0.8;

/**
 * Whether the hits speak about what is asked, judged by words alone: the best hit must hold enough of the question's
 * mass, and a name, number or code that no hit holds makes the question unanswerable.
 */
export function judgeRelevance({ question, hits, idf }: RelevanceOptions): Relevance {
  const texts = hits.map(textOfHit);
  const terms = questionTerms({ question, passages: texts, idf });
  if (terms.length === 0 || hits.length === 0) return { answerable: false, coverage: 0, missing: [] };
  const indexes = texts.map(indexTerms);
  const coverage = Math.max(...indexes.map((index) => coverageOf(terms, index)));
  const missing = terms.filter(
    (term) => term.specific && !indexes.some((index) => matchTerm(term, index) >= 0.6 || hasAcronym(term, index)),
  );
  const answerable = coverage >= (missing.length > 0 ? COVERAGE_DESPITE_MISSING : MIN_COVERAGE);
  return { answerable, coverage, missing: missing.map((term) => question.slice(term.start, term.end)) };
}

/** Everything about a hit that a question may have meant: title, headings and text. */
export const textOfHit = (hit: Hit): string =>
  [hit.document.title, ...hit.chunk.headingPath, hit.chunk.text].join('\n');

/** Share of the question's mass that a text holds, in [0, 1]. */
export const coverageOf = (terms: readonly WeightedTerm[], index: TermIndex): number =>
  terms.reduce(
    (sum, term) => sum + term.weight * Math.max(matchTerm(term, index), hasAcronym(term, index) ? 0.8 : 0),
    0,
  );

/** Whether successive words of the text begin with the letters of the term: PTO for "paid time off". */
function hasAcronym(term: WeightedTerm, index: TermIndex): boolean {
  if (!/^[a-z]{2,6}$/.test(term.word) || !term.specific) return false;
  const initials = index.words.map((word) => word.word[0]).join('');
  return term.word.length >= 3 && initials.includes(term.word);
}
