import type { Span } from '../domain/span.ts';

export type Quotation = {
  /** Of the quotation with its marks. */
  readonly span: Span;
  /** What stands between the marks. */
  readonly text: string;
};

export type FoundQuotations = {
  /** In order; they do not overlap, and one inside another is not listed. */
  readonly quotations: readonly Quotation[];
  /** Where a quotation begins whose end may still come, null when there is none. */
  readonly open: number | null;
};

/** Longer ones are more likely a mark that was never closed. In UTF-16 units. */
const MAX_LENGTH = 1000;

/** What may close each opening mark: English, German, French, Swedish, Chinese and Japanese habits. */
const CLOSING: Readonly<Record<string, string>> = {
  '"': '"',
  '“': '”',
  '„': '“”',
  '”': '”',
  '«': '»',
  '»': '«»',
  '‹': '›',
  '「': '」',
  '『': '』',
  '‘': '’',
  "'": "'",
};
const OPENING = /["“„”«»‹「『‘']/g;
/** Marks that also stand inside of words, after numbers, or at the end of a quotation. */
const AMBIGUOUS = new Set(['"', '”', '»', '‘', "'"]);
const APOSTROPHES = new Set(['’', "'"]);
const LETTER = /[\p{L}\p{N}]/u;
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}]/u;

/**
 * Text in quotation marks, within one paragraph. Apostrophes, inch marks and marks without a partner are none. `growing`
 * says that the text may go on. Linear but for the bound on the length of a quotation.
 */
export function findQuotations(text: string, { growing = false } = {}): FoundQuotations {
  const quotations: Quotation[] = [];
  OPENING.lastIndex = 0;
  for (let match = OPENING.exec(text); match; match = OPENING.exec(text)) {
    const start = match.index;
    if (!mayOpen(text, start)) continue;
    const end = closingOf(text, start, growing);
    if (end === 'later' && growing) return { quotations, open: start };
    if (typeof end !== 'number') continue;
    quotations.push({ span: { start, end: end + 1 }, text: text.slice(start + 1, end) });
    OPENING.lastIndex = end + 1;
  }
  return { quotations, open: null };
}

function mayOpen(text: string, at: number): boolean {
  const next = text[at + 1];
  if (next !== undefined && /\s/.test(next) && !/[«»]/.test(text[at]!)) return false;
  if (!AMBIGUOUS.has(text[at]!)) return true;
  const before = text[at - 1];
  return before === undefined || !LETTER.test(before) || UNSPACED.test(before);
}

/** Where the quotation closes; 'later' when the text ends before that is known, null when it does not. */
function closingOf(text: string, start: number, growing: boolean): number | 'later' | null {
  const closing = CLOSING[text[start]!]!;
  const limit = Math.min(text.length - 1, start + MAX_LENGTH);
  for (let at = start + 1; at <= limit; at++) {
    const character = text[at]!;
    if (character === '\n' && /^\n[ \t]*\n/.test(text.slice(at, at + 100))) return null;
    if (closing.includes(character) && mayClose(text, at)) {
      return growing && at + 1 === text.length && AMBIGUOUS.has(text[start]!) ? 'later' : at;
    }
  }
  return limit === text.length - 1 ? 'later' : null;
}

function mayClose(text: string, at: number): boolean {
  const next = text[at + 1];
  const inWord = next !== undefined && LETTER.test(next) && !UNSPACED.test(next);
  if (!inWord) return true;
  return text[at] !== '"' ? !APOSTROPHES.has(text[at]!) : !/\s/.test(text[at - 1]!);
}
