import { rarityAmong } from '../../retrieve/rarity.ts';
import { stopWords } from '../../retrieve/stop-words.ts';
import { stemsOf } from '../../retrieve/word-agreement.ts';
import type { WordCounts } from '../../store/types.ts';
import { FUNCTION_WORDS } from '../../understand/language/function-words.ts';
import type { Keyword } from './types.ts';

export type KeywordOptions = {
  readonly language: string | null;
  /** How many passages of all have each word, given as `stemsOf` has it. */
  readonly countWords: (stems: readonly string[]) => WordCounts;
  readonly limit: number;
};

/** Characters that are read of a document, and words of it that are counted in the index. */
const MAX_LENGTH = 200_000;
const MAX_COUNTED = 150;
const MIN_LENGTH = 3;
const MIN_PHRASE_COUNT = 2;
/** What is said once says half of what saying it twice does: ln 1.6 against ln 2.6. */
const ONCE = 0.6;
/** A phrase that is said twice tells more than either of its words. */
const PHRASE_WEIGHT = 0.75;

const word = /[\p{L}\p{N}\p{M}]+(?:['’-][\p{L}\p{M}]+)*/gu;
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u;

type Counted = { stem: string; written: string; count: number };

/**
 * Words and short phrases that a document says more often than others of the collection: frequency, damped, times rarity;
 * words of every text fall out. Phrases are words side by side that come again. Bounded in what is read and counted.
 */
export function keywords(text: string, { language, countWords, limit }: KeywordOptions): Keyword[] {
  const part = text.slice(0, MAX_LENGTH);
  const common = new Set([...stopWords, ...(FUNCTION_WORDS[language?.slice(0, 2) ?? ''] ?? [])]);
  const isTelling = (lower: string): boolean =>
    (lower.length >= MIN_LENGTH || unspaced.test(lower)) && !/^[\d.]+$/.test(lower) && !common.has(lower);
  const words = new Map<string, Counted>();
  const phrases = new Map<string, Counted & { readonly stems: readonly string[] }>();
  for (const line of part.split(/[\n.,;:!?()[\]{}|"“”]+/)) {
    let run: { stem: string; written: string }[] = [];
    for (const written of wordsOf(line)) {
      const lower = written.toLowerCase();
      if (!isTelling(lower)) {
        run = [];
        continue;
      }
      const stem = unspaced.test(lower) ? lower : (stemsOf(lower)[0] ?? lower);
      const there = words.get(stem) ?? { stem, written: lower, count: 0 };
      there.count++;
      words.set(stem, there);
      run = [...run.slice(-2), { stem, written: lower }];
      for (let length = 2; length <= run.length; length++) {
        const parts = run.slice(-length);
        const key = parts.map((each) => each.stem).join(' ');
        const phrase = phrases.get(key) ?? {
          stem: key,
          stems: parts.map((each) => each.stem),
          written: parts.map((each) => each.written).join(unspaced.test(key) ? '' : ' '),
          count: 0,
        };
        phrase.count++;
        phrases.set(key, phrase);
      }
    }
  }
  const frequent = [...words.values()].sort((a, b) => b.count - a.count).slice(0, MAX_COUNTED);
  const rarityOf = rarityAmong(countWords(frequent.map(({ stem }) => stem)));
  const weights = new Map(frequent.map(({ stem, count }) => [stem, Math.log(count + ONCE) * rarityOf(stem)]));
  const ofPhrase = (stems: readonly string[], count: number): number =>
    (PHRASE_WEIGHT *
      (Math.log1p(count) / Math.log1p(2)) *
      stems.reduce((sum, stem) => sum + (weights.get(stem) ?? 0), 0)) /
    Math.sqrt(stems.length);
  const candidates = [
    ...frequent.map((each) => ({ ...each, stems: [each.stem], weight: weights.get(each.stem) ?? 0 })),
    ...[...phrases.values()]
      .filter(({ count }) => count >= MIN_PHRASE_COUNT)
      .map((each) => ({ ...each, weight: ofPhrase(each.stems, each.count) })),
  ].sort((a, b) => b.weight - a.weight || (a.written < b.written ? -1 : 1));
  const taken = new Set<string>();
  const chosen: Keyword[] = [];
  for (const { stems, written, count, weight } of candidates) {
    if (chosen.length >= limit || weight <= 0) break;
    if (stems.every((stem) => taken.has(stem))) continue;
    for (const stem of stems) taken.add(stem);
    chosen.push({ text: written, count });
  }
  return chosen;
}

/** Scripts without spaces are cut by the rules of the platform. */
function wordsOf(line: string): string[] {
  if (!unspaced.test(line)) return line.match(word) ?? [];
  const segments = new Intl.Segmenter(undefined, { granularity: 'word' }).segment(line);
  return [...segments]
    .filter(({ isWordLike, segment }) => isWordLike && segment.length > 1 && !/^\p{Script=Hiragana}+$/u.test(segment))
    .map(({ segment }) => segment);
}
