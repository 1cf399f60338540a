import type { RankedPassage } from './types.ts';

/** Words that must follow one another to count as found: fewer are found by chance, more break on a changed mark. */
const RUN = 3;

const wordPattern = /[\p{L}\p{N}\p{M}]+/gu;

/** Han, kana and Thai have no spaces: there each character is a word. */
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

/** Lower-case words in compatibility form. */
export const wordsOf = (text: string): string[] =>
  (text.normalize('NFKC').toLowerCase().match(wordPattern) ?? []).flatMap((word) =>
    unspaced.test(word) ? [...word] : [word],
  );

function runsOf(text: string): Set<string> {
  const words = wordsOf(text);
  const length = Math.min(RUN, words.length);
  const runs = new Set<string>();
  for (let i = 0; length > 0 && i + length <= words.length; i++) runs.add(words.slice(i, i + length).join(' '));
  return runs;
}

/**
 * Share of the evidence's runs of three words that stand in one of the texts, in [0, 1]; evidence of fewer words must
 * be there whole. 0 for evidence without a word.
 */
export function coverage(evidence: string, texts: readonly string[]): number {
  const wanted = runsOf(evidence);
  if (wanted.size === 0) return 0;
  const spaced = texts.map((text) => ` ${wordsOf(text).join(' ')} `);
  let found = 0;
  for (const run of wanted) if (spaced.some((text) => text.includes(` ${run} `))) found++;
  return found / wanted.size;
}

/** The first passages whose tokens add up to no more than the budget; the first that does not fit ends the list. */
export function withinBudget(passages: readonly RankedPassage[], maxTokens: number): readonly RankedPassage[] {
  let total = 0;
  const end = passages.findIndex(({ tokens }) => {
    total += tokens;
    return total > maxTokens;
  });
  return end < 0 ? passages : passages.slice(0, end);
}

/**
 * Share of the evidence in what a reader of so many tokens gets, mean over the pieces. Only passages of what is
 * relevant count, so that a bare figure is not found elsewhere. Without evidence texts: the share of the relevant keys
 * that have a passage there.
 */
export function evidenceRecall(
  passages: readonly RankedPassage[],
  relevant: ReadonlySet<string>,
  evidence: readonly string[],
  maxTokens: number,
): number {
  const read = withinBudget(passages, maxTokens).filter(({ keys }) => keys.some((key) => relevant.has(key)));
  if (evidence.length > 0) {
    const texts = read.map(({ text }) => text);
    return evidence.reduce((sum, each) => sum + coverage(each, texts), 0) / evidence.length;
  }
  const keys = new Set(read.flatMap((passage) => passage.keys).filter((key) => relevant.has(key)));
  return relevant.size > 0 ? keys.size / relevant.size : 0;
}
