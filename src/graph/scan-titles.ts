import { sentenceStarters } from './name-words.ts';
import { normalizeName } from './normalize-name.ts';
import type { Occurrence } from './occurrence.ts';

/** Titles of documents by their first word: the words after it as one text, and how many there may be, longest first. */
export type TitleIndex = ReadonlyMap<
  string,
  { readonly rests: ReadonlySet<string>; readonly counts: readonly number[] }
>;

const NO_TITLES = { rests: new Set<string>(), counts: [] };
const MAX_TITLE_WORDS = 12;
const wordPattern = /[\p{L}\p{N}\p{M}]+/gu;

/** Titles that are worth looking for: of two words or more, or one that is no everyday word. */
export function indexTitles(titles: Iterable<string>): TitleIndex {
  const index = new Map<string, { rests: Set<string>; counts: number[] }>();
  for (const title of titles) {
    for (const name of new Set([title, title.replace(/\s*\([^()]*\)\s*$/, '')])) {
      const [first, ...rest] = normalizeName(name).split(' ');
      if (!first || rest.length >= MAX_TITLE_WORDS) continue;
      if (rest.length === 0 && (first.length < 4 || sentenceStarters.has(first) || /^\d+$/.test(first))) continue;
      const there = index.get(first) ?? { rests: new Set(), counts: [] };
      index.set(first, there);
      there.rests.add(rest.join(' '));
      if (!there.counts.includes(rest.length)) there.counts.push(rest.length);
    }
  }
  for (const { counts } of index.values()) counts.sort((a, b) => b - a);
  return index;
}

/**
 * Where the text says the title of a document: the longest one at each place. One-word titles count only with a capital.
 * However many titles begin with one word, a place is looked up once for each length.
 */
export function scanTitles(text: string, titles: TitleIndex): Occurrence[] {
  const found: Occurrence[] = [];
  const words: { word: string; start: number; end: number; isCapital: boolean }[] = [];
  for (const match of text.matchAll(wordPattern)) {
    const word = normalizeName(match[0]);
    words.push({ word, start: match.index, end: match.index + match[0].length, isCapital: /^\p{Lu}/u.test(match[0]) });
  }
  for (let i = 0; i < words.length; i++) {
    const first = words[i] as (typeof words)[number];
    const { rests, counts } = titles.get(first.word) ?? NO_TITLES;
    for (const count of counts) {
      if ((count === 0 && !first.isCapital) || i + count >= words.length) continue;
      const rest = words.slice(i + 1, i + 1 + count).map(({ word }) => word);
      if (!rests.has(rest.join(' '))) continue;
      found.push({ start: first.start, end: (words[i + count] as typeof first).end, kind: 'document' });
      i += count;
      break;
    }
  }
  return found;
}
