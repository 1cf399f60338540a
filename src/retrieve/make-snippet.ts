export type Snippet = {
  readonly text: string;
  /** Matched words, as spans of the snippet. */
  readonly matches: readonly { readonly start: number; readonly end: number }[];
};

/** Three lines of 80 columns. */
const SNIPPET_LENGTH = 240;
const word = /[\p{L}\p{N}\p{M}]+/gu;
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/u;

/**
 * The stretch of the text that holds most of the query's words, white space folded, cut at words.
 * A word matches when it begins like a query word, as the index's stemmer would have it.
 */
export function makeSnippet(text: string, queryWords: readonly string[], length = SNIPPET_LENGTH): Snippet {
  const folded = text.replace(/\s+/g, ' ').trim();
  const found = findMatches(folded, queryWords);
  const window = bestWindow(found, length);
  const from = folded.length <= length ? 0 : beginning(folded, window.start, length);
  const limit = from + length;
  const cut = limit >= folded.length ? folded.length : Math.max(folded.lastIndexOf(' ', limit), limit - 30, window.end);
  const to = isLowSurrogate(folded, cut) ? cut - 1 : cut;
  const head = from > 0 ? '… ' : '';
  const tail = to < folded.length ? ' …' : '';
  const shift = head.length - from;
  return {
    text: head + folded.slice(from, to) + tail,
    matches: found
      .filter((m) => m.start >= from && m.end <= to)
      .map((m) => ({ start: m.start + shift, end: m.end + shift })),
  };
}

type Match = { readonly start: number; readonly end: number; readonly key: string };

function findMatches(text: string, queryWords: readonly string[]): Match[] {
  const stems = new Set<string>();
  const runs: string[] = [];
  for (const part of queryWords.flatMap((each) => each.match(word) ?? [])) {
    if (unspaced.test(part)) runs.push(...pairsOf(part));
    else stems.add(stemOf(part));
  }
  const matches: Match[] = [];
  if (stems.size > 0) {
    for (const { 0: found, index } of text.matchAll(word)) {
      const key = stemOf(found);
      if (stems.has(key)) matches.push({ start: index, end: index + found.length, key });
    }
  }
  for (const run of new Set(runs)) {
    for (let at = text.indexOf(run); at >= 0; at = text.indexOf(run, at + run.length)) {
      matches.push({ start: at, end: at + run.length, key: run });
    }
  }
  return mergeOverlaps(matches.sort((a, b) => a.start - b.start || b.end - a.end));
}

const pairsOf = (run: string): string[] => {
  const characters = [...run];
  if (characters.length <= 2) return [run];
  return characters.slice(1).map((character, i) => `${characters[i]}${character}`);
};

const mergeOverlaps = (matches: readonly Match[]): Match[] => {
  const merged: Match[] = [];
  for (const match of matches) {
    const last = merged.at(-1);
    if (last && match.start < last.end) merged[merged.length - 1] = { ...last, end: Math.max(last.end, match.end) };
    else merged.push(match);
  }
  return merged;
};

/** Near enough to the index's Porter stems to mark what it matched. */
const stemOf = (text: string): string => {
  const folded = text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase();
  const stem = folded.replace(/(?:ations?|ingly|edly|ings?|ers?|ed|ies|es|s|ly|y|e)$/, '');
  return stem.length >= 3 ? stem : folded;
};

/** From the first to the last match of the stretch that has the most different words, then the most words. */
function bestWindow(matches: readonly Match[], length: number): { start: number; end: number } {
  const reach = length * (1 - LEAD_SHARE);
  let best = { start: 0, end: 0, value: -1 };
  let last = 0;
  for (const [first, { start }] of matches.entries()) {
    while (last < matches.length && (matches[last] as Match).end <= start + reach) last++;
    const window = matches.slice(first, last);
    const value = new Set(window.map(({ key }) => key)).size * 100 + Math.min(window.length, 99);
    if (value > best.value) best = { start, end: window.at(-1)?.end ?? start, value };
  }
  return best;
}

/** What stands before the first match in the window says what it is about. */
const LEAD_SHARE = 0.2;

/** A little before the first match, at a word where there is one. */
function beginning(text: string, firstMatch: number, length: number): number {
  const start = Math.max(0, firstMatch - Math.floor(length * LEAD_SHARE));
  if (start === 0) return 0;
  const space = text.indexOf(' ', start);
  if (space >= 0 && space < firstMatch) return space + 1;
  return isLowSurrogate(text, start) ? start + 1 : start;
}

const isLowSurrogate = (text: string, at: number): boolean => {
  const unit = text.charCodeAt(at);
  return unit >= 0xdc00 && unit <= 0xdfff;
};
