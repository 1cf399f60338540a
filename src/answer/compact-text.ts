import { foldText } from './text-terms.ts';

/** A text as its letters and digits alone, lower case and without accents. */
export type CompactText = {
  readonly text: string;
  /** Whether a word begins or ends here. */
  readonly isBorder: (at: number) => boolean;
};

const WORD = /[\p{L}\p{N}\p{M}]+/gu;
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u;

/**
 * Takes out all in which two writings of the same words may differ: white space, line breaks, hyphens at them, quotation
 * marks, case. What parts two numbers stays, and so does a minus sign: `1.5` is not `15`, and `-5` not `5`.
 */
export function compactText(text: string): CompactText {
  const folded = foldText(text).replace(/[\u2010-\u2015\u2212]/g, '-');
  const borders = new Set<number>([0]);
  let compact = '';
  let last = 0;
  for (const { 0: word, index } of folded.matchAll(WORD)) {
    const gap = folded.slice(last, index);
    last = index + word.length;
    if (/^\p{N}/u.test(word)) {
      if (/\p{N}$/u.test(compact)) compact += gap.trim().slice(0, 1) || ' ';
      else if (/(?:^|[\s("'])-$/.test(gap)) compact += '-';
    }
    borders.add(compact.length);
    compact += word;
    borders.add(compact.length);
  }
  const isBorder = (at: number): boolean =>
    borders.has(at) || UNSPACED.test(compact[at] ?? '') || UNSPACED.test(compact[at - 1] ?? '');
  return { text: compact, isBorder };
}

/** Where `part` ends in `whole` at or after `from`, from word to word; -1 when it does not stand there. */
export function endOfPart(part: CompactText, whole: CompactText, from = 0): number {
  for (let at = whole.text.indexOf(part.text, from); at >= 0; at = whole.text.indexOf(part.text, at + 1)) {
    const end = at + part.text.length;
    if (whole.isBorder(at) && whole.isBorder(end)) return end;
  }
  return -1;
}
