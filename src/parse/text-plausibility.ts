import { commonHan, commonHangul, latinLetters, scriptLetters, vowels } from './letter-frequencies.ts';

/** What a decoding would have to be written in; each encoding serves some of these. */
export type Writing =
  | keyof typeof scriptLetters
  | keyof typeof latinLetters
  | 'thai'
  | 'simplified'
  | 'traditional'
  | 'japanese'
  | 'korean';

/** Punctuation and signs of ordinary typed text. */
const USUAL_SIGNS = new Set('“”‘’„‚«»‹›–—…€£°§©®™·•¡¿№´\u00a0、。「」『』（）！？：；，．《》〈〉【】・～〜％＂／　');
const BROKEN = -1.5;

/**
 * How much the characters outside ASCII look like text in the best fitting of some writings: a mean, 1 for frequent
 * letters in ordinary words, below 0 for what no one writes (control characters, capitals amid words, two scripts in
 * one word, final letters that are not final). For comparing decodings of the same bytes; means nothing on its own.
 */
export function plausibility(text: string, writings: readonly Writing[]): number {
  let runs: readonly Run[] | null = null;
  let best = Number.NEGATIVE_INFINITY;
  for (const writing of writings) {
    const weight = CHARACTER_WEIGHTS[writing];
    runs ??= weight ? null : nonAsciiRuns(text);
    best = Math.max(best, weight ? meanOf(text, weight) : meanOfRuns(runs ?? [], letterWeights(writing)));
  }
  return best;
}

/** Weights of one character, given the ones before and after it. */
type Weight = (code: number, before: number, after: number) => number;

function meanOf(text: string, weight: Weight): number {
  let sum = 0;
  let count = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code < 0x80) continue;
    count++;
    const before = at > 0 ? text.charCodeAt(at - 1) : 32;
    const after = at + 1 < text.length ? text.charCodeAt(at + 1) : 32;
    sum += isBroken(code) ? BROKEN : weight(code, before, after);
  }
  return count === 0 ? 0 : sum / count;
}

const isBroken = (code: number): boolean =>
  code === 0xfffd || (code >= 0x80 && code < 0xa0) || (code >= 0xe000 && code < 0xf900);
const isHan = (code: number): boolean => code >= 0x4e00 && code <= 0x9fff;
const isKana = (code: number): boolean => code >= 0x3041 && code <= 0x30ff;
const isAsciiLetter = (code: number): boolean => (code | 32) >= 97 && (code | 32) <= 122;
const isUsualSign = (code: number): boolean => USUAL_SIGNS.has(String.fromCharCode(code));
const isFullWidth = (code: number): boolean => code >= 0xff01 && code <= 0xff5e;

/** A lone ideograph between Latin letters is an accented letter read wrongly. */
const isStray = (before: number, after: number): boolean => isAsciiLetter(before) && isAsciiLetter(after);

const hanWeight =
  (common: ReadonlySet<string>): Weight =>
  (code, before, after) => {
    if (isHan(code)) return isStray(before, after) ? -0.5 : common.has(String.fromCharCode(code)) ? 1 : 0.3;
    if (isUsualSign(code)) return 0.7;
    return isFullWidth(code) ? 0.5 : -0.3;
  };

const japaneseWeight: Weight = (code, before, after) => {
  if (isKana(code)) return isStray(before, after) ? -0.5 : 1;
  if (isHan(code)) return isStray(before, after) ? -0.5 : commonHan.japanese.has(String.fromCharCode(code)) ? 0.9 : 0.2;
  // Half-width katakana: one byte each, so any high byte may pass for one.
  if (code >= 0xff61 && code <= 0xff9f) return -0.2;
  if (isUsualSign(code)) return 0.7;
  return isFullWidth(code) ? 0.5 : -0.3;
};

const koreanWeight: Weight = (code, before, after) => {
  if (code >= 0xac00 && code <= 0xd7a3) {
    return isStray(before, after) ? -0.5 : commonHangul.has(String.fromCharCode(code)) ? 1 : 0.35;
  }
  if (isHan(code)) return -0.1;
  return isUsualSign(code) ? 0.7 : isFullWidth(code) ? 0.4 : -0.3;
};

/** By frequency; the ones that are not here hardly occur. */
const thaiConsonants = new Map(
  [...'นรอกงมยลวดทสตบหคปพจชขผถซธศณภ'].map((letter, index): [string, number] => [letter, index < 14 ? 1 : 0.5]),
);
const isThaiConsonant = (code: number): boolean => code >= 0x0e01 && code <= 0x0e2e;

/** Vowel signs and tone marks sit on a consonant or another mark; leading vowels stand before a consonant. */
const thaiWeight: Weight = (code, before, after) => {
  if (code < 0x0e00 || code > 0x0e7f) return isUsualSign(code) ? 0.5 : -0.5;
  if (isStray(before, after)) return -0.8;
  if (isThaiConsonant(code)) return thaiConsonants.get(String.fromCharCode(code)) ?? -0.3;
  if (code >= 0x0e40 && code <= 0x0e44) return isThaiConsonant(after) ? 1 : -1;
  const onTop = code === 0x0e31 || (code >= 0x0e34 && code <= 0x0e3a) || (code >= 0x0e47 && code <= 0x0e4e);
  if (onTop) return isThaiConsonant(before) || (before >= 0x0e31 && before <= 0x0e4e) ? 1 : -1;
  if (code === 0x0e32 || code === 0x0e30 || code === 0x0e33) return before >= 0x0e01 && before <= 0x0e4e ? 1 : -1;
  return code >= 0x0e50 && code <= 0x0e59 ? 0.1 : 0.3;
};

type LetterWeights = {
  readonly weights: ReadonlyMap<string, number>;
  readonly script: RegExp;
  readonly cased: boolean;
  readonly latin: boolean;
  readonly final: string;
};

const SCRIPTS: Readonly<Record<string, RegExp>> = {
  cyrillic: /\p{Script=Cyrillic}/u,
  greek: /\p{Script=Greek}/u,
  hebrew: /\p{Script=Hebrew}/u,
  arabic: /\p{Script=Arabic}/u,
};
/** Letters that only end words. */
const FINALS: Readonly<Record<string, string>> = { hebrew: 'םןךףץ', arabic: 'ىة', greek: 'ς' };

const cache = new Map<string, LetterWeights>();

function letterWeights(writing: string): LetterWeights {
  const known = cache.get(writing);
  if (known) return known;
  const [frequent = '', rare = ''] = (scriptLetters[writing] ?? latinLetters[writing] ?? '').split('|');
  const weights = new Map<string, number>();
  for (const letter of rare) weights.set(letter, 0.6);
  [...frequent].forEach((letter, index, all) => {
    weights.set(letter, 1 - (0.25 * index) / all.length);
  });
  const made: LetterWeights = {
    weights,
    script: SCRIPTS[writing] ?? /[\p{Script=Latin}\p{M}]/u,
    cased: writing !== 'hebrew' && writing !== 'arabic',
    latin: SCRIPTS[writing] === undefined,
    final: FINALS[writing] ?? '',
  };
  cache.set(writing, made);
  return made;
}

/** A word with a letter outside ASCII, or one sign outside ASCII with its neighbours. */
type Run = { readonly text: string; readonly isWord: boolean; readonly before: string; readonly after: string };

function nonAsciiRuns(text: string): Run[] {
  const runs: Run[] = [];
  for (const match of text.matchAll(/[\p{L}\p{M}]*[^\x00-\x7f][\p{L}\p{M}]*/gu)) {
    // The expression joins a sign with the letters around it; most runs are words and need no second look.
    for (const [part] of match[0].matchAll(/[\p{L}\p{M}]+|[^\p{L}\p{M}\x00-\x7f]/gu)) {
      const isWord = /^[\p{L}\p{M}]/u.test(part);
      if (isWord && /^[\x00-\x7f]+$/.test(part)) continue;
      const at = match.index + match[0].indexOf(part);
      runs.push({ text: part, isWord, before: text[at - 1] ?? ' ', after: text[at + part.length] ?? ' ' });
    }
  }
  return runs;
}

function meanOfRuns(runs: readonly Run[], letters: LetterWeights): number {
  let sum = 0;
  let count = 0;
  for (const run of runs) {
    const weight = run.isWord
      ? wordWeight(run.text, letters)
      : { sum: signWeight(run.text, run.before, run.after), count: 1 };
    sum += weight.sum;
    count += weight.count;
  }
  return count === 0 ? 0 : sum / count;
}

/** Signs that touch the word after them, the word before them, or both or neither. */
const OPENING = '“‘„«‹¿¡€£§';
const CLOSING = '”’»›…°®™€²³';

function signWeight(sign: string, before: string, after: string): number {
  const code = sign.charCodeAt(0);
  if (isBroken(code)) return BROKEN;
  if (!USUAL_SIGNS.has(sign)) return code >= 0x2500 && code < 0x25a0 ? -0.6 : -0.3;
  const open = /[\s(]/.test(before) && /\S/.test(after);
  const close = /\S/.test(before);
  const fits =
    (open && OPENING.includes(sign)) ||
    (close && CLOSING.includes(sign)) ||
    ('–—•\u00a0'.includes(sign) && /\s/.test(before) && /\s/.test(after));
  return fits ? 0.95 : 0.4;
}

function wordWeight(word: string, letters: LetterWeights): { sum: number; count: number } {
  let sum = 0;
  let count = 0;
  let before = '';
  let unlike = 0;
  let vowelless = true;
  for (let at = 0; at < word.length; at++) {
    const letter = word[at]!;
    const lower = letter.toLowerCase();
    const upper = lower !== letter;
    if (vowels.has(lower) || vowels.has(lower.normalize('NFD')[0]!)) vowelless = false;
    if (letter.charCodeAt(0) >= 0x80) {
      count++;
      const weight = letters.weights.get(lower) ?? (letters.script.test(letter) ? (letters.cased ? -0.3 : 0.2) : -0.8);
      sum += upper ? weight * 0.85 : weight;
      if (letters.final.includes(letter) && letters.final !== '' && at < word.length - 1) sum -= 1;
    } else if (!letters.latin) unlike++;
    // A capital after a small letter, or a small letter after two capitals.
    if (letters.cased && before !== '' && upper && before.toLowerCase() === before && isCased(before)) sum -= 0.8;
    before = letter;
  }
  // ASCII letters amid a word of another script.
  if (unlike > 0) sum -= count * 0.8;
  if (letters.cased && vowelless && (word.length >= 4 || (letters.latin && word.length === 1))) sum -= count * 0.5;
  return { sum, count };
}

const isCased = (letter: string): boolean => letter.toLowerCase() !== letter.toUpperCase();

/** Writings that are judged character by character; the others, by words. */
const CHARACTER_WEIGHTS: Readonly<Record<string, Weight | undefined>> = {
  thai: thaiWeight,
  simplified: hanWeight(commonHan.simplified),
  traditional: hanWeight(commonHan.traditional),
  japanese: japaneseWeight,
  korean: koreanWeight,
};
