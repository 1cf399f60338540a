import { stemmer } from 'stemmer';

/** How far a text has the words of a query, beyond counting them. Each in [0, 1]. */
export type WordAgreement = {
  /** Share of the query's words that are there, by rarity. */
  readonly coverage: number;
  /** Share of the query's neighbouring words that follow each other there, in order, with at most one word between. */
  readonly ordered: number;
  /** Share of them that stand within eight words of each other, in any order. */
  readonly near: number;
};

/** A pasted page has no more subjects than this. */
const MAX_WORDS = 32;
const MAX_ORDERED_DISTANCE = 2;
const MAX_NEAR_DISTANCE = 8;

const word = /[\p{L}\p{N}\p{M}]+/gu;
const marks = /\p{M}+/gu;
const ascii = /^[\x00-\x7f]*$/;

/** Longer ones the word index keeps as they are. Source: SQLite, fts5_tokenize.c, FTS5_PORTER_MAX_TOKEN. */
const MAX_STEMMED_LENGTH = 64;

/** The stems of a text in order, as the word index has them: without case and accents, by Porter. */
export function stemsOf(text: string): string[] {
  const lower = text.toLowerCase();
  const plain = ascii.test(lower) ? lower : lower.normalize('NFD').replace(marks, '').normalize('NFC');
  return (plain.match(word) ?? []).map(rememberedStem);
}

const remembered = new Map<string, string>();
const MAX_REMEMBERED = 50_000;
/** V8 keeps more letters of a text as a view of it: to remember them would be to keep the whole text. */
const MAX_REMEMBERED_LENGTH = 12;

function rememberedStem(each: string): string {
  if (each.length > MAX_REMEMBERED_LENGTH) return each.length > MAX_STEMMED_LENGTH ? each : stemmer(each);
  const there = remembered.get(each);
  if (there !== undefined) return there;
  if (remembered.size >= MAX_REMEMBERED) remembered.clear();
  const stem = stemmer(each);
  remembered.set(each, stem);
  return stem;
}

/**
 * Compares texts with the words of one query, given as `stemsOf` has them, in its order. `rarityOf` weighs a word, at
 * least 0. A query of one word has no neighbours; a text without any of the words gets zeros. Linear in the text.
 * Source: sequential dependence, Metzler and Croft, SIGIR 2005, as features beside BM25.
 */
export function createWordAgreement(
  stems: readonly string[],
  rarityOf: (stem: string) => number,
): (text: string) => WordAgreement {
  const sequence = stems.slice(0, MAX_WORDS).map((stem) => ({ stem, weight: rarityOf(stem) }));
  const weights = new Map(sequence.map(({ stem, weight }) => [stem, weight]));
  const pairs = sequence.slice(1).map((second, i) => {
    const first = sequence[i] as (typeof sequence)[number];
    return { first: first.stem, second: second.stem, weight: Math.min(first.weight, second.weight) };
  });
  const total = sum([...weights.values()]);
  const pairTotal = sum(pairs.map(({ weight }) => weight));
  const shareOfPairs = (holds: (pair: (typeof pairs)[number]) => boolean): number =>
    pairTotal > 0 ? sum(pairs.map((pair) => (holds(pair) ? pair.weight : 0))) / pairTotal : 0;

  return (text) => {
    const places = placesOf(text, weights);
    const found = sum([...places.keys()].map((stem) => weights.get(stem) as number));
    const follows = (first: string, second: string, most: number): boolean =>
      standsBehind(places.get(first) ?? [], places.get(second) ?? [], most);
    return {
      coverage: total > 0 ? found / total : 0,
      ordered: shareOfPairs(({ first, second }) => follows(first, second, MAX_ORDERED_DISTANCE)),
      near: shareOfPairs(
        ({ first, second }) => follows(first, second, MAX_NEAR_DISTANCE) || follows(second, first, MAX_NEAR_DISTANCE),
      ),
    };
  };
}

/** Whether one of `places` is at most `most` behind one of `starts`; both ascend. */
function standsBehind(starts: readonly number[], places: readonly number[], most: number): boolean {
  let next = 0;
  for (const start of starts) {
    while (next < places.length && (places[next] as number) <= start) next++;
    if (next < places.length && (places[next] as number) - start <= most) return true;
  }
  return false;
}

function placesOf(text: string, wanted: ReadonlyMap<string, number>): Map<string, number[]> {
  const places = new Map<string, number[]>();
  stemsOf(text).forEach((stem, i) => {
    if (!wanted.has(stem)) return;
    const there = places.get(stem);
    if (there) there.push(i);
    else places.set(stem, [i]);
  });
  return places;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
