import type { Hit } from '../../domain/search.ts';

/** Hits that are looked at: what is not in the first few is not found by a reader either. */
const HITS = 3;
/** A word of more letters may have another ending. */
const MIN_STEM = 4;
const ENDING = 3;
const MAX_TERMS = 48;

const word = /[\p{L}\p{N}\p{M}]+/gu;
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

/**
 * Share of a question's words that the hit has which has most of them, in [0, 1]; 0 without words or hits. Counts words,
 * whatever their weight, and takes 0.1 ms: for the log. `judgeRelevance` says it better and takes a hundred times as long.
 */
export const wordCoverage = (terms: readonly string[], hits: readonly Hit[]): number =>
  Math.max(0, ...hits.slice(0, HITS).map((hit) => coverageOfHit(terms, hit)));

/** As `wordCoverage`, for one hit. */
export function coverageOfHit(terms: readonly string[], hit: Hit): number {
  const wanted = terms.slice(0, MAX_TERMS);
  return wanted.length > 0 ? 1 - missingTerms(wanted, hit).length / wanted.length : 0;
}

/** Words that a hit has not, in any of their forms, neither in its text nor above it; in lower case. */
export function missingTerms(terms: readonly string[], { chunk, document }: Hit): string[] {
  const text = [document.title, ...chunk.headingPath, chunk.text].join('\n').toLowerCase();
  const words = new Set(text.match(word) ?? []);
  const beginnings = new Set<string>();
  for (const each of words) for (let end = MIN_STEM; end <= each.length; end++) beginnings.add(each.slice(0, end));
  return terms
    .map((term) => term.toLowerCase())
    .filter(
      (term) => !words.has(term) && !beginnings.has(stemOf(term)) && !(unspaced.test(term) && text.includes(term)),
    );
}

const stemOf = (term: string): string => term.slice(0, Math.max(MIN_STEM, term.length - ENDING));
