import { type Alignment, align } from './align.ts';
import { oppositesOf } from './antonyms.ts';
import type { ReadText, Token } from './tokens.ts';

/** Words that turn the next word that says something into its opposite, folded. */
const NEGATORS = new Set(
  `not no never nor neither none nobody nothing nowhere cannot without hardly scarcely barely unable non nt
  nicht kein keine keinen keiner keinem keines nie niemals ohne weder niemand nichts
  ne pas jamais sans aucun aucune ni nunca jamas sin ningun ninguna tampoco
  non mai senza nessun nessuna nao nem sem nenhum nenhuma niet geen nooit zonder inte ikke aldrig aldri
  не нет нельзя без никогда nie bez nigdy`.split(/\s+/),
);
const DENSE_NEGATORS = /^(?:不|没|没有|無|未|非|ない|なかった|ません|なく|ず|않|안|없|못)/u;
/** Prefixes that deny, where the rest of the word stands in the other text. */
const PREFIX = /^(?:un|in|im|il|ir|dis|non|mis)(?=.{4})/;
/** A negation with these before or behind it denies nothing. */
const NOT_DENYING =
  /\b(?:not only|not just|not merely|no doubt|whether or not|no later than|not later than|no more than|not more than|no less than|no fewer than|not less than|not exceeding|no longer than|nicht nur|non seulement|no solo|nothing but|no\.\s?\d|no matter)\b/giu;
const BOUNDS: readonly (readonly [RegExp, string])[] = [
  [
    /\b(?:at most|no more than|not more than|up to|not exceeding|(?:no|not) later than(?![^.;]{0,50}\b(?:before|prior|ahead|in advance)\b)|no longer than|a maximum of|höchstens)\b/giu,
    'bound-most',
  ],
  [/\b(?:at least|no less than|no fewer than|not less than|a minimum of|mindestens)\b/giu, 'bound-least'],
];

type Marked = {
  readonly tokens: readonly Token[];
  /** Whether the token is denied by a word near it. */
  readonly negators: readonly number[];
  /** Bounds by the token that follows them. */
  readonly bounds: ReadonlyMap<number, string>;
};

/** A word whose sense is turned. */
export type Flip = { readonly what: string; readonly instead: string };

/**
 * Where a sentence denies what a text says, or says what it denies, by the words that both have; null where they agree.
 * Looks at negations before a word that both have, at words and their opposites, and at bounds of one number.
 */
export function findFlip(claim: ReadText, text: ReadText): Flip | null {
  const a = markOf(claim);
  const b = markOf(text);
  const aligned = align(a.tokens, b.tokens);
  const pairs = aligned.filter(([i]) => a.tokens[i]!.isContent);
  const inB = new Map(pairs);
  const inA = new Map(pairs.map(([i, j]) => [j, i]));
  const opposite = findOpposite({ claim, text, a, b, aligned });
  const denied = deniedIn(a, b, inB);
  const affirmed = deniedIn(b, a, inA);
  if (opposite) return opposite;
  if (denied)
    return {
      what: wordsAt(claim, a, denied),
      instead: wordsAt(
        text,
        b,
        denied.map((at) => inB.get(at) ?? at),
      ),
    };
  if (affirmed)
    return {
      what: wordsAt(
        claim,
        a,
        affirmed.map((at) => inA.get(at) ?? at),
      ),
      instead: wordsAt(text, b, affirmed),
    };
  return findBound(claim, text, a, b, pairs);
}

function markOf({ text, tokens }: ReadText): Marked {
  const harmless = [...text.matchAll(NOT_DENYING)].map(
    (match) => [match.index, match.index + match[0].length] as const,
  );
  const isHarmless = ({ span }: Token): boolean =>
    harmless.some(([start, end]) => span.start >= start && span.end <= end);
  const negators = tokens.flatMap((token, at) => (isNegator(token) && !isHarmless(token) ? [at] : []));
  const bounds = new Map<number, string>();
  for (const [regex, bound] of BOUNDS) {
    for (const match of text.matchAll(regex)) {
      const end = match.index + match[0].length;
      const at = tokens.findIndex(({ span }) => span.start >= end);
      if (at >= 0 && tokens[at]!.fact?.kind !== 'name') bounds.set(at, bound);
    }
  }
  return { tokens, negators, bounds };
}

const isNegator = ({ term }: Token): boolean =>
  NEGATORS.has(term.word.replace(/['’]/g, '')) ||
  /n['’]t$/.test(term.word) ||
  (term.dense && DENSE_NEGATORS.test(term.word));

/** Words between a negation and the word that it denies. */
const REACH = 4;

/**
 * A denied word of `own` whose counterpart in `other` nothing denies: its index with that of the negation. Only the first
 * word that says something behind the negation counts, or the one before it where none follows ("gilt nicht").
 */
function deniedIn(own: Marked, other: Marked, counterpart: ReadonlyMap<number, number>): number[] | null {
  for (const negator of own.negators) {
    const denied = deniedBy(own, negator);
    if (denied === null) continue;
    const at = counterpart.get(denied);
    if (at === undefined) continue;
    if (!other.negators.some((each) => deniedBy(other, each) === at || (each < at && at - each <= REACH))) {
      return [negator, denied];
    }
  }
  return null;
}

const isDenied = (marked: Marked, at: number): boolean =>
  marked.negators.some((each) => deniedBy(marked, each) === at || (each < at && at - each <= 2));

function deniedBy({ tokens, negators }: Marked, negator: number): number | null {
  const isOther = (at: number): boolean => negators.includes(at);
  for (let at = negator + 1; at < tokens.length && at <= negator + REACH; at++) {
    if (tokens[at]!.isContent && !isOther(at)) return at;
  }
  for (let at = negator - 1; at >= 0 && at >= negator - 3; at--) if (tokens[at]!.isContent && !isOther(at)) return at;
  return null;
}

type Opposed = {
  readonly claim: ReadText;
  readonly text: ReadText;
  readonly a: Marked;
  readonly b: Marked;
  readonly aligned: Alignment;
};

/**
 * A word of the claim whose opposite stands in its place in the text; or near the same words, where the text lacks the
 * word and the claim the opposite.
 */
function findOpposite({ claim, text, a, b, aligned }: Opposed): Flip | null {
  const ownStems = new Set(a.tokens.map(({ key }) => key));
  const otherStems = new Set(b.tokens.map(({ key }) => key));
  const matched = new Set(aligned.map(([i]) => i));
  for (const [at, token] of a.tokens.entries()) {
    if (matched.has(at)) continue;
    const from = (aligned.findLast(([i]) => i < at)?.[1] ?? -1) + 1;
    const to = aligned.find(([i]) => i > at)?.[1] ?? b.tokens.length;
    let found = b.tokens.findIndex((other, place) => place >= from && place < to && areOpposite(token.key, other.key));
    if (found < 0 && !otherStems.has(token.key)) {
      found = b.tokens.findIndex((other) => !ownStems.has(other.key) && areOpposite(token.key, other.key));
      if (found >= 0 && !neighboursAgree(at, found, a, b)) found = -1;
    }
    // A denied opposite says the same: "not allowed" and "forbidden".
    if (found < 0 || isDenied(a, at) !== isDenied(b, found)) continue;
    return { what: claim.text.slice(token.span.start, token.span.end), instead: wordsAt(text, b, [found]) };
  }
  return null;
}

function areOpposite(a: string, b: string): boolean {
  if (oppositesOf(a)?.has(b)) return true;
  const bareA = a.replace(PREFIX, '');
  const bareB = b.replace(PREFIX, '');
  return (bareA !== a && bareA === b) || (bareB !== b && bareB === a);
}

/** Whether a word beside each of the two is the same: else they are of different parts of the sentence. */
function neighboursAgree(at: number, found: number, a: Marked, b: Marked): boolean {
  const near = (tokens: readonly Token[], centre: number): Set<string> =>
    new Set(
      tokens
        .slice(Math.max(0, centre - 3), centre + 4)
        .flatMap((token, k) => (k === Math.min(3, centre) ? [] : [token.key])),
    );
  const own = near(a.tokens, at);
  let shared = 0;
  for (const key of near(b.tokens, found)) if (own.has(key)) shared++;
  return shared >= 2;
}

/** At most for at least, before a word that both have. */
function findBound(
  claim: ReadText,
  text: ReadText,
  a: Marked,
  b: Marked,
  pairs: readonly (readonly [number, number])[],
): Flip | null {
  for (const [i, j] of pairs) {
    const own = a.bounds.get(i);
    const other = b.bounds.get(j);
    if (own && other && own !== other)
      return { what: wordsAt(claim, a, [i - 2, i]), instead: wordsAt(text, b, [j - 2, j]) };
  }
  return null;
}

/** The words of a text from the first to the last of some places. */
function wordsAt({ text }: ReadText, { tokens }: Marked, places: readonly number[]): string {
  const valid = places.map((at) => Math.min(Math.max(at, 0), tokens.length - 1));
  const first = tokens[Math.min(...valid)];
  const last = tokens[Math.max(...valid)];
  return first && last ? text.slice(first.span.start, last.span.end).replace(/\s+/g, ' ').slice(0, 60) : '';
}
