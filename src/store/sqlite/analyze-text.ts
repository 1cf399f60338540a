/**
 * What the full-text indexes are fed, and how a query word becomes index words; both sides must agree.
 * The word index cuts at everything that is no letter, digit or mark, so `snake_case` and `a.b` split by themselves.
 */

/** Scripts written without spaces between words. Hangul has spaces, but words carry endings, so it is taken in too. */
const unspacedRun =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}\u30fc]+/gu;
const unspacedHint =
  /[\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\uff66-\uffdc\ud840-\ud88f]/;
const longGramScript = /[\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** A lower-case letter or digit followed by a capital inside one word, or the end of a run of capitals (`HTTPServer`). */
const camelWord = /\b(?=\w*[a-z0-9][A-Z]|\w*[A-Z]{2}[a-z])[A-Za-z][A-Za-z0-9]{2,63}\b/g;
const camelCut = /(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])/;

export const hasUnspacedScript = (text: string): boolean => unspacedHint.test(text);

/** What is left for the word index: `用Docker部署` is `Docker`. */
export const withoutUnspacedScript = (text: string): string =>
  hasUnspacedScript(text) ? text.replace(unspacedRun, ' ') : text;

/** The parts of `getUserName` or `HTTPServer`; empty for a word that has no inner capital. */
export function camelParts(word: string): string[] {
  const parts = word.split(camelCut);
  return parts.length > 1 ? parts : [];
}

const semitic = /[\u0591-\u06ff]/;

/**
 * Vowel points of Hebrew and Arabic are optional in writing, as are the variants of alef, yeh and heh: one form for all,
 * as Lucene's ArabicNormalizer has it; then Arabic words are stemmed. Marks of other scripts are letters and stay.
 */
export const foldSemitic = (text: string): string =>
  semitic.test(text)
    ? text
        .replace(/[\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0640\u064b-\u065f\u0670]/g, '')
        .replace(/[\u0622\u0623\u0625]/g, '\u0627')
        .replace(/\u0649/g, '\u064a')
        .replace(/\u0629/g, '\u0647')
        .replace(arabicWord, lightStem)
    : text;

const arabicWord = /[\u0621-\u064a]{4,}/g;
const arabicPrefix =
  /^(?:[\u0648\u0641\u0628\u0643]?\u0627\u0644|\u0644\u0644|\u0648(?=[\u0621-\u064a]{3}))(?=[\u0621-\u064a]{2})/;
const arabicSuffix =
  /(?<=[\u0621-\u064a]{2})(?:\u0647\u0627|\u0627\u0646|\u0627\u062a|\u0648\u0646|\u064a\u0646|\u064a\u0647|\u0647|\u064a)$/;

/** Article, conjunctions and endings off, as light10 has it (Larkey, Ballesteros, Connell, SIGIR 2002). */
const lightStem = (word: string): string => word.replace(arabicPrefix, '').replace(arabicSuffix, '');

/** Text for the word index: the text itself, then the parts of every camel-case word in it. */
export function wordIndexText(text: string): string {
  const spaced = foldSemitic(withoutUnspacedScript(text));
  const words = spaced.match(camelWord);
  if (!words) return spaced;
  return `${spaced}\n${words.map((word) => camelParts(word).join(' ')).join(' ')}`;
}

/**
 * A gram for every character of every run of an unspaced script; those at the end of a run are shorter, so that a
 * query of fewer characters than a gram finds every place by its prefix. Empty when the text has no such script.
 */
export const gramIndexText = (text: string): string =>
  runsOf(text)
    .flatMap((run) => run.characters.map((_, i) => run.characters.slice(i, i + run.gramLength).join('')))
    .join(' ');

/** Grams of a query, by run: overlapping, in order. One short gram for a run that is shorter than a gram. */
export const gramRunsOf = (text: string): string[][] =>
  runsOf(text).map(({ characters, gramLength }) =>
    characters.length <= gramLength
      ? [characters.join('')]
      : characters.slice(gramLength - 1).map((_, i) => characters.slice(i, i + gramLength).join('')),
  );

/** Whether a gram of a query is shorter than those of the index, where it may begin many. */
export const isShortGram = (gram: string): boolean => [...gram].length < gramLengthOf(gram);

type Run = { readonly characters: readonly string[]; readonly gramLength: number };

const runsOf = (text: string): Run[] =>
  hasUnspacedScript(text)
    ? (text.normalize('NFKC').match(unspacedRun) ?? []).map((run) => ({
        characters: [...run],
        gramLength: gramLengthOf(run),
      }))
    : [];

/** Two characters for Han, Kana and Hangul, where most words have two; three for the alphabets of South-East Asia. */
const gramLengthOf = (run: string): number => (longGramScript.test(run) ? 3 : 2);
