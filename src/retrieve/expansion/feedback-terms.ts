import type { WordCounts } from '../../store/types.ts';
import { rarityAmong } from '../rarity.ts';
import { stopWords } from '../stop-words.ts';
import { stemsOf } from '../word-agreement.ts';

export type FeedbackPassage = {
  readonly text: string;
  /** Above 0; only ratios matter. */
  readonly score: number;
};

export type FeedbackOptions = {
  /** Words of the query; they and their inflections are not found again. */
  readonly terms: readonly string[];
  /** How many passages of all have each word, given as `stemsOf` has it. */
  readonly countWords: (stems: readonly string[]) => WordCounts;
  readonly limit: number;
};

const word = /[\p{L}\p{N}\p{M}]+/gu;
/** In one passage only, a word is an accident of that passage. */
const MIN_PASSAGES = 2;
const MIN_LENGTH = 3;
/** To count a word is to read its whole list of passages. */
const MAX_COUNTED = 60;
/** Of each passage; in UTF-16 units. */
const MAX_LENGTH = 8_000;

/**
 * Words that the passages have in common and others do not, best first: the relevance model `sum of score * tf / length`
 * times rarity, so that words of every text fall out. As the passages write them.
 * Source: RM3, Abdul-Jaleel et al., TREC 2004; rarity in place of its smoothing.
 */
export function feedbackTerms(
  passages: readonly FeedbackPassage[],
  { terms, countWords, limit }: FeedbackOptions,
): string[] {
  const known = new Set(stemsOf(terms.join(' ')));
  const found = new Map<string, { written: string; weight: number; passages: number }>();
  const total = passages.reduce((sum, { score }) => sum + score, 0);
  for (const { text, score } of passages) {
    const words = text.slice(0, MAX_LENGTH).match(word) ?? [];
    const seen = new Set<string>();
    for (const written of words) {
      const lower = written.toLowerCase();
      if (lower.length < MIN_LENGTH || /^\d+$/.test(lower) || stopWords.has(lower)) continue;
      const stem = stemsOf(lower)[0] ?? lower;
      if (known.has(stem)) continue;
      const there = found.get(stem) ?? { written: lower, weight: 0, passages: 0 };
      there.weight += score / total / words.length;
      if (!seen.has(stem)) there.passages++;
      seen.add(stem);
      found.set(stem, there);
    }
  }
  const least = Math.min(MIN_PASSAGES, passages.length);
  const common = [...found]
    .filter(([, { passages: count }]) => count >= least)
    .sort(([, a], [, b]) => b.weight - a.weight)
    .slice(0, MAX_COUNTED);
  const rarityOf = rarityAmong(countWords(common.map(([stem]) => stem)));
  return common
    .map(([stem, { written, weight }]) => ({ written, weight: weight * rarityOf(stem) }))
    .sort((a, b) => b.weight - a.weight || (a.written < b.written ? -1 : 1))
    .slice(0, limit)
    .map(({ written }) => written);
}
