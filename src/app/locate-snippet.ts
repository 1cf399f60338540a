import type { SearchHit } from './types.ts';

const WORD = /[\p{L}\p{N}\p{M}]+/gu;
/** Between two words of a snippet the text itself may have marks, line breaks and the address of a link. */
const GAP = '(?:\\]\\([^)\\s]{0,300}\\)|[^\\p{L}\\p{N}\\p{M}]){1,60}?';
/** So many in a row stand hardly twice in a passage. */
const MAX_WORDS = 8;
const SENTENCE_END = /(?<=[.!?;:]["'”’)]?\s)|(?<=[。！？；])|(?=[•·] )/u;

/**
 * Where in a passage the sentence of its snippet stands that has most of the matched words; the beginning of the snippet
 * where none matched. An offset in `text`; 0 when the snippet is not found.
 */
export function locateSnippet(text: string, { text: shown, matches }: SearchHit['snippet']): number {
  const anchor = bestSentence(shown, matches);
  const words = [...shown.slice(anchor).matchAll(WORD)].slice(0, MAX_WORDS).map(([word]) => word);
  for (let count = words.length; count > 0; count--) {
    const run = words.slice(0, count).join(GAP);
    const found = new RegExp(`(?<![\\p{L}\\p{N}\\p{M}])${run}`, 'u').exec(text) ?? new RegExp(run, 'u').exec(text);
    if (found) return found.index;
  }
  return 0;
}

/** Offset of the first match in the sentence that has most different ones. */
function bestSentence(shown: string, matches: SearchHit['snippet']['matches']): number {
  let best = { anchor: 0, words: 0 };
  let start = 0;
  for (const sentence of shown.split(SENTENCE_END)) {
    const end = start + sentence.length;
    const own = matches.filter((match) => match.start >= start && match.start < end);
    const words = new Set(own.map((match) => shown.slice(match.start, match.end).toLowerCase())).size;
    if (words > best.words) best = { anchor: own[0]!.start, words };
    start = end;
  }
  return best.anchor;
}
