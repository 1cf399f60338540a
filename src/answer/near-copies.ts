const RUN_WORDS = 3;
/** Share of common runs of words from which on a passage says what another says. */
const MIN_OVERLAP = 0.8;

const word = /[\p{L}\p{N}\p{M}]+/gu;
/** One of them more or less, and the sentence says something else. */
const telling =
  /\p{N}+(?:[.,:/-]\p{N}+)*%?|\p{Lu}[\p{L}\p{N}\p{M}]*|\b(?:no|not|nor|never|none|without|cannot)\b|n['’]t\b/gu;
/** Han, kana and Thai have no spaces: there each character is a word. */
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

/** What a passage is compared by: its runs of three words, and its figures, names and negations. */
export type Shingles = { readonly runs: ReadonlySet<string>; readonly telling: string };

export function shinglesOf(text: string): Shingles {
  const words = (text.normalize('NFKC').toLowerCase().match(word) ?? []).flatMap((each) =>
    unspaced.test(each) ? [...each] : [each],
  );
  const runs = new Set<string>();
  const length = Math.min(RUN_WORDS, words.length);
  for (let at = 0; length > 0 && at + length <= words.length; at++) runs.add(words.slice(at, at + length).join(' '));
  return { runs, telling: [...new Set(text.match(telling) ?? [])].sort().join(' ') };
}

/**
 * Whether a passage adds nothing to another: nearly all runs of words in common, and the same figures, names and
 * negations. Two versions of a price list differ in their figures only, and both are wanted.
 */
export function isNearCopy(a: Shingles, b: Shingles): boolean {
  if (a.telling !== b.telling || a.runs.size === 0 || b.runs.size === 0) return false;
  const [small, large] = a.runs.size <= b.runs.size ? [a.runs, b.runs] : [b.runs, a.runs];
  if (small.size < MIN_OVERLAP * large.size) return false;
  let common = 0;
  for (const run of small) if (large.has(run)) common++;
  return common / (small.size + large.size - common) >= MIN_OVERLAP;
}
