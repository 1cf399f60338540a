/**
 * Tokens that a byte-pair tokenizer of the GPT family would make of `text.slice(start, end)`, estimated in one pass
 * without a vocabulary; 0 for the empty text. Fitted to the mean of cl100k_base and o200k_base (gpt-tokenizer) on 1,318
 * samples of up to 1,500 characters: median error 6 %, nine in ten within 15 %. Sums by kind: English +2 %, Markdown
 * +3 %, Spanish -1 %, German -10 %, Hindi -13 %, Arabic +14 %, Chinese +4 %, Japanese +12 %, code from -13 % (assembly)
 * to +11 % (Java). French is overestimated by about 20 %, text of random
 * letters (base64) underestimated.
 */
export function estimateTokens(text: string, start = 0, end = text.length): number {
  return Math.ceil(tokenCost(text, start, end));
}

/**
 * The estimate before rounding, a multiple of 1/16, so that sums are exact. A text cut anywhere but within white space
 * never costs less in parts than whole: bounds that hold for a sum of parts hold for the text.
 */
export function tokenCost(text: string, start: number, end: number): number {
  let sixteenths = 0;
  let index = start;
  let afterPunctuation = false;
  while (index < end) {
    const kind = kindOf(text.charCodeAt(index));
    const from = index++;
    if (kind <= Kind.Accented) {
      let previous = kind;
      sixteenths += COST.word + (kind === Kind.Accented ? COST.accent : 0);
      for (; index < end; index++) {
        const next = kindOf(text.charCodeAt(index));
        // A capital after a small letter begins a word of its own, as in camelCase.
        if (next > Kind.Accented || (next === Kind.Upper && previous !== Kind.Upper)) break;
        if (next === Kind.Accented) sixteenths += COST.accent;
        else if (next === Kind.Upper) sixteenths += COST.extraCapital;
        previous = next;
      }
      sixteenths += COST.letterOfLongWord * Math.max(0, index - from - LONG_WORD_LETTERS);
    } else if (kind === Kind.Space || kind === Kind.Newline) {
      let newline = kind === Kind.Newline;
      let trailingSpaces = newline ? 0 : 1;
      for (; index < end; index++) {
        const next = kindOf(text.charCodeAt(index));
        if (next !== Kind.Space && next !== Kind.Newline) break;
        if (next === Kind.Newline) newline = true;
        trailingSpaces = next === Kind.Newline ? 0 : trailingSpaces + 1;
      }
      // Tokenizers join a line end to the punctuation before it, and one space to the word after it.
      if (newline && !afterPunctuation) sixteenths += COST.newlines;
      if (trailingSpaces > 1) sixteenths += COST.spaces;
    } else if (kind === Kind.Digit) {
      while (index < end && kindOf(text.charCodeAt(index)) === Kind.Digit) index++;
      sixteenths += COST.threeDigits * Math.ceil((index - from) / 3);
    } else if (kind === Kind.Punctuation) {
      while (index < end && kindOf(text.charCodeAt(index)) === Kind.Punctuation) index++;
      sixteenths += COST.punctuation + COST.morePunctuation * (index - from - 1);
    } else {
      sixteenths += kind === Kind.Ideograph ? COST.ideograph : kind === Kind.OtherLetter ? COST.otherLetter : COST.rare;
    }
    afterPunctuation = kind === Kind.Punctuation;
  }
  return sixteenths / 16;
}

/** Word and letter costs keep 4 * 3 <= 13, without which two halves of a word could cost less than the whole. */
const LONG_WORD_LETTERS = 4;

/** In sixteenths of a token; least squares of relative error, rounded. */
const COST = {
  word: 13,
  letterOfLongWord: 3,
  accent: 28,
  extraCapital: 1,
  threeDigits: 26,
  punctuation: 13,
  morePunctuation: 1,
  newlines: 15,
  spaces: 15,
  ideograph: 18,
  otherLetter: 11,
  rare: 32,
} as const;

const Kind = {
  Lower: 0,
  Upper: 1,
  /** Latin letters beyond ASCII: most cost a byte pair of their own and break the word around them. */
  Accented: 2,
  Digit: 3,
  Punctuation: 4,
  Newline: 5,
  Space: 6,
  /** Chinese, Japanese and Korean, and halves of surrogate pairs. */
  Ideograph: 7,
  /** Greek to Hangul jamo: alphabets that merge two letters at best. */
  OtherLetter: 8,
  Rare: 9,
} as const;

const asciiKinds = Uint8Array.from({ length: 128 }, (_, code) => {
  if (code === 10) return Kind.Newline;
  if (code <= 32) return Kind.Space;
  if (code >= 97 && code <= 122) return Kind.Lower;
  if (code >= 65 && code <= 90) return Kind.Upper;
  return code >= 48 && code <= 57 ? Kind.Digit : Kind.Punctuation;
});

function kindOf(code: number): number {
  if (code < 128) return asciiKinds[code]!;
  if (code === 0xa0) return Kind.Space;
  if (code >= 0xc0 && code <= 0x24f) return Kind.Accented;
  if (code >= 0x370 && code <= 0x1fff) return Kind.OtherLetter;
  if (code >= 0x2000 && code <= 0x206f) return Kind.Punctuation;
  if ((code >= 0x2e80 && code <= 0xdfff) || (code >= 0xf900 && code <= 0xfaff) || code >= 0xff00) return Kind.Ideograph;
  return Kind.Rare;
}
