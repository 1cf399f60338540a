import { sentenceStarters } from './name-words.ts';
import { normalizeName } from './normalize-name.ts';
import type { Occurrence } from './occurrence.ts';

/** Titles of documents, by their first word; each is its words after the first. */
export type TitleIndex = ReadonlyMap<string, readonly (readonly string[])[]>;

const MAX_TITLE_WORDS = 12;
const wordPattern = /[\p{L}\p{N}\p{M}]+/gu;

/** Titles that are worth looking for: of two words or more, or one that is no everyday word. */
export function indexTitles(titles: Iterable<string>): TitleIndex {
  const index = new Map<string, string[][]>();
  for (const title of titles) {
    for (const name of new Set([title, title.replace(/\s*\([^()]*\)\s*$/, '')])) {
      const [first, ...rest] = normalizeName(name).split(' ');
      if (!first || rest.length >= MAX_TITLE_WORDS) continue;
      if (rest.length === 0 && (first.length < 4 || sentenceStarters.has(first) || /^\d+$/.test(first))) continue;
      const there = index.get(first);
      if (there) there.push(rest);
      else index.set(first, [rest]);
    }
  }
  for (const list of index.values()) list.sort((a, b) => b.length - a.length);
  return index;
}

/** Where the text says the title of a document: the longest one at each place. One-word titles count only with a capital. */
export function scanTitles(text: string, titles: TitleIndex): Occurrence[] {
  const found: Occurrence[] = [];
  const words: { word: string; start: number; end: number; isCapital: boolean }[] = [];
  for (const match of text.matchAll(wordPattern)) {
    const word = normalizeName(match[0]);
    words.push({ word, start: match.index, end: match.index + match[0].length, isCapital: /^\p{Lu}/u.test(match[0]) });
  }
  for (let i = 0; i < words.length; i++) {
    const first = words[i] as (typeof words)[number];
    for (const rest of titles.get(first.word) ?? []) {
      if (rest.length === 0 && !first.isCapital) continue;
      if (!rest.every((word, j) => words[i + 1 + j]?.word === word)) continue;
      found.push({ start: first.start, end: (words[i + rest.length] as typeof first).end, kind: 'document' });
      i += rest.length;
      break;
    }
  }
  return found;
}
