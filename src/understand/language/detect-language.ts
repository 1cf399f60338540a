import { FUNCTION_WORDS } from './function-words.ts';
import { iso6391 } from './iso-codes.ts';
import { languageSample } from './language-sample.ts';

/** Fewer letters than these tell no language; of scripts of one language, a few are enough. */
const MIN_LETTERS = 24;
const MIN_SCRIPT_LETTERS = 6;
/** From so many words on, their function words are counted. */
const MIN_WORDS = 6;
/** Share of all words that those of the language must be, and how far ahead of the next one they must be. */
const MIN_SHARE = 0.12;
const MIN_LEAD = 1.4;
/** Trigrams of other languages are as near as this in texts of two languages and of names; a few words are near anything. */
const MIN_TRIGRAM_LEAD = 0.02;
const MIN_TRIGRAM_LETTERS = 80;
/** Each trigram is looked up in some hundred languages: 1,000 characters took 1.4 ms, longer than all else that reading a note takes. */
const MAX_TRIGRAM_LENGTH = 400;

/** Scripts of one language each, in the order in which they are told apart: Japanese has Han as well. */
const SCRIPTS: readonly (readonly [language: string, script: RegExp, least: number])[] = [
  ['ja', /[\p{Script=Hiragana}\p{Script=Katakana}]/gu, 0.08],
  ['ko', /\p{Script=Hangul}/gu, 0.3],
  ['zh', /\p{Script=Han}/gu, 0.4],
  ['el', /\p{Script=Greek}/gu, 0.5],
  ['th', /\p{Script=Thai}/gu, 0.5],
  ['lo', /\p{Script=Lao}/gu, 0.5],
  ['ka', /\p{Script=Georgian}/gu, 0.5],
  ['hy', /\p{Script=Armenian}/gu, 0.5],
  ['ta', /\p{Script=Tamil}/gu, 0.5],
  ['te', /\p{Script=Telugu}/gu, 0.5],
  ['kn', /\p{Script=Kannada}/gu, 0.5],
  ['ml', /\p{Script=Malayalam}/gu, 0.5],
  ['gu', /\p{Script=Gujarati}/gu, 0.5],
  ['pa', /\p{Script=Gurmukhi}/gu, 0.5],
  ['si', /\p{Script=Sinhala}/gu, 0.5],
  ['km', /\p{Script=Khmer}/gu, 0.5],
];

/** Hebrew letters are Yiddish as well, rarely. */
const hebrew = /\p{Script=Hebrew}/gu;

const languagesOfWord = new Map<string, string[]>();
for (const [language, words] of Object.entries(FUNCTION_WORDS)) {
  for (const word of words) languagesOfWord.set(word, [...(languagesOfWord.get(word) ?? []), language]);
}

/**
 * Language of a text as ISO 639-1, or 639-3 where that has none; null where it is too short, or of several, or of none.
 * Scripts tell first, then the words that every text is full of; trigrams of letters are asked only where these do not tell.
 */
export async function detectLanguage(text: string): Promise<string | null> {
  const sample = languageSample(text);
  const letters = count(sample, /\p{L}/gu);
  if (letters < MIN_SCRIPT_LETTERS) return null;
  if (/[^\p{Script=Latin}\P{L}]/u.test(sample)) {
    for (const [language, script, least] of SCRIPTS) if (count(sample, script) >= least * letters) return language;
    if (count(sample, hebrew) >= 0.5 * letters) return 'he';
  }
  if (letters < MIN_LETTERS) return null;
  return byFunctionWords(sample) ?? (letters >= MIN_TRIGRAM_LETTERS ? byTrigrams(sample) : null);
}

const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

function byFunctionWords(sample: string): string | null {
  const words = sample.toLowerCase().match(/[\p{L}\p{M}]+/gu) ?? [];
  if (words.length < MIN_WORDS) return null;
  const scores = new Map<string, { readonly language: string; words: number; weight: number }>();
  for (const word of words) {
    const languages = languagesOfWord.get(word);
    for (const language of languages ?? []) {
      const score = scores.get(language) ?? { language, words: 0, weight: 0 };
      scores.set(language, score);
      score.words++;
      // What several languages have tells them apart the less.
      score.weight += 1 / (languages as string[]).length;
    }
  }
  const [first, second] = [...scores.values()].sort((a, b) => b.weight - a.weight);
  if (!first || first.words < MIN_SHARE * words.length || first.words < 3) return null;
  return second && first.weight < MIN_LEAD * second.weight ? null : first.language;
}

async function byTrigrams(sample: string): Promise<string | null> {
  const { francAll } = await import('franc');
  const [first, second] = francAll(sample.slice(0, MAX_TRIGRAM_LENGTH), { minLength: MIN_LETTERS });
  if (!first || first[0] === 'und' || (second && first[1] - second[1] < MIN_TRIGRAM_LEAD)) return null;
  return iso6391(first[0]);
}
