import type { SearchHit } from './types.ts';

const WORD = /[\p{L}\p{N}\p{M}]+/gu;
/** A snippet has no addresses of links; the text itself may. */
const LINK_ADDRESS = /\]\([^)\s]{0,300}\)/g;
/** So many in a row stand hardly twice in a passage. */
const MAX_WORDS = 8;
const SENTENCE_END = /(?<=[.!?;:]["'”’)]?\s)|(?<=[。！？；])|(?=[•·] )/u;

/**
 * Where in a passage the sentence of its snippet stands that has most of the matched words; the beginning of the snippet
 * where none matched: where most of its first words stand in a row. An offset in `text`.
 */
export function locateSnippet(text: string, { text: shown, matches }: SearchHit['snippet']): number {
  const anchor = bestSentence(shown, matches);
  const wanted = [...shown.slice(anchor).matchAll(WORD)].slice(0, MAX_WORDS).map(([word]) => word);
  const words = [...text.replace(LINK_ADDRESS, ({ length }) => ' '.repeat(length)).matchAll(WORD)];
  let best = { at: 0, length: 0 };
  for (let at = 0; at < words.length && best.length < wanted.length; at++) {
    let length = 0;
    while (length < wanted.length && words[at + length]?.[0] === wanted[length]) length++;
    if (length > best.length) best = { at, length };
  }
  return best.length > 0 ? (words[best.at]?.index ?? 0) : 0;
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
