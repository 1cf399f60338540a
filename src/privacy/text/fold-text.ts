/** A text in which what looks like an ASCII digit, space, dash, dot or at sign is one. */
export type FoldedText = {
  readonly text: string;
  /** Where in the original a position of the folded text stands. Ascending; the end maps to the end. */
  toOriginal(position: number): number;
};

/** Marks that nobody sees: soft hyphens, zero-width characters, direction marks, variation selectors. */
const INVISIBLE = '\u00ad\u034f\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufe00-\ufe0f\ufeff';
const SPACES = '\u00a0\u2000-\u200a\u202f\u205f\u3000';
const DASHES = '\u2010-\u2015\u2212\ufe58\ufe63';
const DOTS = '\u2024\u3002\uff61\u00b7';
/** As JSON and code write a line end, a tab, or a sign of ASCII. */
const ESCAPES = '\\\\(?:[nrt]|u00[2-7][0-9a-fA-F])';
const SPECIAL = new RegExp(
  `[${INVISIBLE}${SPACES}${DASHES}${DOTS}\u2028\u2029\ufe6b\uff01-\uff5e]|(?![0-9])\\p{Nd}|${ESCAPES}`,
  'gu',
);

const isInvisible = new RegExp(`^[${INVISIBLE}]$`);
const isSpace = new RegExp(`^[${SPACES}]$`);
const isDash = new RegExp(`^[${DASHES}]$`);
const isDot = new RegExp(`^[${DOTS}]$`);

/**
 * Undoes what hides a number or an address from a pattern and not from a reader: digits of other scripts and of full
 * width, characters of no width, soft hyphens, spaces that do not break, the many dashes, and escapes. One pass.
 */
export function foldText(original: string): FoldedText {
  let text = '';
  let copied = 0;
  // Folded positions from which on the distance to the original is another one.
  const from: number[] = [];
  const shift: number[] = [];
  for (const match of original.matchAll(SPECIAL)) {
    const replacement = foldCharacter(match[0]);
    text += original.slice(copied, match.index) + replacement;
    copied = match.index + match[0].length;
    if (replacement.length !== match[0].length) {
      from.push(text.length);
      shift.push(copied - text.length);
    }
  }
  if (copied === 0) return { text: original, toOriginal: (position) => position };
  text += original.slice(copied);
  return {
    text,
    toOriginal(position) {
      let low = 0;
      let high = from.length;
      while (low < high) {
        const middle = (low + high) >> 1;
        if ((from[middle] as number) <= position) low = middle + 1;
        else high = middle;
      }
      return position + (low === 0 ? 0 : (shift[low - 1] as number));
    },
  };
}

function foldCharacter(character: string): string {
  if (character.startsWith('\\')) {
    return character.length === 2 ? '  ' : String.fromCharCode(Number.parseInt(character.slice(2), 16));
  }
  if (isInvisible.test(character)) return '';
  if (isSpace.test(character)) return ' ';
  if (isDash.test(character)) return '-';
  if (isDot.test(character)) return '.';
  if (character === '\u2028' || character === '\u2029') return '\n';
  if (character === '\ufe6b') return '@';
  const code = character.codePointAt(0) as number;
  if (code >= 0xff01 && code <= 0xff5e) return String.fromCharCode(code - 0xfee0);
  return digitOf(code);
}

const digits = new Map<number, string>();

/** Decimal digits stand in runs of ten, from zero on; those for mathematics in five runs without a gap. */
function digitOf(code: number): string {
  const known = digits.get(code);
  if (known !== undefined) return known;
  let zero = code;
  while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--;
  const digit = String((code - zero) % 10);
  digits.set(code, digit);
  return digit;
}
