import { wordOverlap, wordSet } from './word-overlap.ts';

/**
 * Keeps the first of passages that have nearly the same words, with those that followed it; stops when
 * `most` are kept and later ones are copies of none. Order stays. `overlap` is a share of common words; above 1 nothing
 * is collapsed.
 */
export function collapseCopies<Item>(
  items: readonly Item[],
  textOf: (item: Item) => string,
  { overlap, most }: { readonly overlap: number; readonly most: number },
): { readonly item: Item; readonly copies: readonly Item[] }[] {
  if (overlap > 1) return items.slice(0, most).map((item) => ({ item, copies: [] }));
  const kept: { item: Item; words: ReadonlySet<string>; copies: Item[] }[] = [];
  for (const item of items) {
    const words = wordSet(textOf(item));
    const original = kept.find(
      // Sets whose sizes differ by more cannot overlap as much.
      (each) =>
        Math.min(each.words.size, words.size) >= overlap * Math.max(each.words.size, words.size) &&
        wordOverlap(each.words, words) >= overlap,
    );
    if (original) original.copies.push(item);
    else if (kept.length < most) kept.push({ item, words, copies: [] });
  }
  return kept.map(({ item, copies }) => ({ item, copies }));
}
