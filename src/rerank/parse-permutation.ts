/** `[2] > [1]`, and what models write in its place. */
const CHAIN = /\[\d{1,4}\](?:\s*(?:>|,|≻|→)?\s*\[\d{1,4}\])+/g;

/**
 * The order that an answer gives `count` passages, which have the numbers from 1 on: their places from 0 on, best first.
 * Reads the longest chain such as `[2] > [3] > [1]`; without one, numbers in brackets; without those, bare numbers.
 * Repeated and unknown numbers are passed over; passages that are not named follow in their order. Null when no passage
 * is named at all.
 */
export function parsePermutation(answer: string, count: number): number[] | null {
  const chains = answer.match(CHAIN) ?? [];
  const chain = chains.reduce((longest, each) => (each.length > longest.length ? each : longest), '');
  const candidates = [chain, answer.match(/\[\d{1,4}\]/g)?.join(' ') ?? '', answer];
  for (const text of candidates) {
    const named = new Set(
      [...text.matchAll(/(?<![\d.])\d{1,4}(?![\d])/g)]
        .map(([digits]) => Number(digits) - 1)
        .filter((place) => place >= 0 && place < count),
    );
    if (named.size === 0) continue;
    for (let place = 0; place < count; place++) named.add(place);
    return [...named];
  }
  return null;
}
