import { matchTerm, type TermIndex } from '../text-terms.ts';
import { standsAmong } from './fact-matches.ts';
import type { Fact } from './facts.ts';
import type { ReadText, Token } from './tokens.ts';

/** Something of a sentence that a passage may have: a word, or a number or date of one or more words. */
export type Item = { readonly token: Token; readonly fact: Fact | null; readonly weight: number };

/** A number or a date counts as much as this many words: a wrong one is the worst that an answer can say. */
const FACT_WEIGHT = 1.5;

/** The items of a sentence that say something, each once. */
export function itemsOf({ tokens }: ReadText, weightOf: (token: Token) => number): Item[] {
  const items: Item[] = [];
  const seen = new Set<unknown>();
  for (const token of tokens) {
    const fact = token.fact && token.fact.kind !== 'name' ? token.fact : null;
    const identity = fact ?? token.key;
    if (!token.isContent || seen.has(identity)) continue;
    seen.add(identity);
    items.push({ token, fact, weight: fact ? FACT_WEIGHT : weightOf(token) });
  }
  return items;
}

/** How far each item stands in a text, in [0, 1]. */
export function matchItems(
  items: readonly Item[],
  text: { readonly index: TermIndex; readonly facts: readonly Fact[]; readonly years: ReadonlySet<number> },
): number[] {
  return items.map(({ token, fact }) => {
    if (!fact) return matchTerm(token.term, text.index);
    return standsAmong(fact, text.facts, text.years) ? 1 : 0;
  });
}

/** Share of the weight of the items that is matched, without those of `left`; 1 where nothing is left to match. */
export function shareOf(items: readonly Item[], matches: readonly number[], left?: (item: Item) => boolean): number {
  let sum = 0;
  let found = 0;
  items.forEach((item, at) => {
    if (left?.(item)) return;
    sum += item.weight;
    found += item.weight * matches[at]!;
  });
  return sum === 0 ? 1 : found / sum;
}
