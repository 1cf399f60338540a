const word = /[\p{L}\p{N}\p{M}]+/gu;

/** The different words of a text, in lower case. */
export const wordSet = (text: string): ReadonlySet<string> => new Set(text.toLowerCase().match(word) ?? []);

/** Jaccard: words in both by words in either; 0 when both are empty. */
export function wordOverlap(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const [small, large] = a.size <= b.size ? [a, b] : [b, a];
  let common = 0;
  for (const each of small) if (large.has(each)) common++;
  const all = a.size + b.size - common;
  return all > 0 ? common / all : 0;
}
