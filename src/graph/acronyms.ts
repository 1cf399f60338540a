import { connectors, emptyNames, sentenceStarters } from './name-words.ts';
import type { Occurrence } from './occurrence.ts';

export type AcronymPair = { readonly short: Occurrence; readonly long: Occurrence };

/** One capital is a word in parentheses: (Fox), (Germany). */
const twoCapitals = /\p{Lu}.*[\p{Lu}\p{N}]/u;
/** Cells of tables, brackets and the ends of clauses stand in no long form. */
const notInLongForm = /[|()[\]{}:;"“”\n\t]/;
const shortForm = /^[\p{L}\p{N}][\p{L}\p{N}.&/-]{1,9}$/u;

/**
 * Abbreviations in parentheses after what they stand for: every letter of the short form, from its end backwards, is
 * found in the words before, and its first letter begins a word.
 * Source: Schwartz and Hearst, PSB 2003.
 */
export function scanAcronyms(text: string): AcronymPair[] {
  const pairs: AcronymPair[] = [];
  for (let open = text.indexOf('('); open >= 0; open = text.indexOf('(', open + 1)) {
    const close = open + 1 + (text.slice(open + 1, open + 13).search(/[),;]/) + 1) - 1;
    if (close <= open + 2 || text[open - 1] !== ' ') continue;
    const short = text.slice(open + 1, close);
    if (!shortForm.test(short) || !twoCapitals.test(short) || emptyNames.has(short.toLowerCase())) continue;
    const maxWords = Math.min(short.length + 5, short.length * 2);
    const start = startOfLongForm(text.slice(Math.max(0, open - 160), open - 1), short, maxWords);
    if (start < 0) continue;
    const longStart = Math.max(0, open - 160) + start;
    pairs.push({
      short: { start: open + 1, end: close, kind: 'acronym' },
      long: { start: longStart, end: open - 1, kind: 'concept' },
    });
  }
  return pairs;
}

/** Where in `before` the long form begins, or -1. */
function startOfLongForm(before: string, short: string, maxWords: number): number {
  const sentence = Math.max(before.lastIndexOf('. '), before.lastIndexOf('\n'), before.lastIndexOf('; ')) + 1;
  const lower = before.toLowerCase();
  const letters = [...short.toLowerCase()].filter((letter) => /[\p{L}\p{N}]/u.test(letter));
  let position = lower.length - 1;
  for (let i = letters.length - 1; i >= 0; i--) {
    const letter = letters[i] as string;
    const beginsWord = (at: number): boolean => at === 0 || !/[\p{L}\p{N}]/u.test(lower[at - 1] as string);
    while (position >= sentence && (lower[position] !== letter || (i === 0 && !beginsWord(position)))) position--;
    if (position < sentence) return -1;
    position--;
  }
  const start = position + 1;
  const long = before.slice(start);
  const words = long.split(/[\s-]+/);
  if (
    words.length > maxWords ||
    words.length < 2 ||
    long.length <= short.length ||
    notInLongForm.test(long) ||
    isFunctionWord(words[0] as string) ||
    lower.slice(start).includes(` ${short.toLowerCase()} `)
  )
    return -1;
  return start;
}

const isFunctionWord = (word: string): boolean => connectors.has(word) || sentenceStarters.has(word);
