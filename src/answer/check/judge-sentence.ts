import type { CheckLabel, CheckReason } from '../../domain/answer.ts';
import type { SentenceKind } from '../split-sentences.ts';
import { type TermIndex, termsOf } from '../text-terms.ts';
import { type Alignment, align } from './align.ts';
import { type Item, itemsOf, matchItems, shareOf } from './coverage.ts';
import type { Evidence, Window } from './evidence.ts';
import { missingWords, standsAmong, standsInEvidence } from './fact-matches.ts';
import type { Fact, NameFact } from './facts.ts';
import { findFlip } from './polarity.ts';
import { type ReadText, readText, type Token } from './tokens.ts';

export type Judgement = { readonly label: CheckLabel; readonly reasons: readonly CheckReason[] };

export type JudgeOptions = {
  readonly sentence: string;
  readonly kind: SentenceKind;
  /** The passages that the sentence may rest on; at least one. */
  readonly passages: readonly Evidence[];
  /** Texts whose names need no passage: the question. */
  readonly known: readonly TermIndex[];
  readonly weightOf: (token: Token) => number;
};

/** Names the passages as such and says nothing of its own. */
const ATTRIBUTION =
  /^(?:(?:according to|based on|as (?:stated|described|mentioned|noted) in|as per|per) (?:the|these|your|this|provided)\s?(?:\p{L}+\s)?(?:documents?|passages?|sources?|context|text|notes|files)(?:\s\d+)?,?|(?:the|this) (?:document|passage|source|text|context)s? (?:says?|states?|notes?|mentions?|explains?|describes?|indicates?)(?: that)?|(?:laut|gemäß) (?:den|dem|der) (?:dokumenten?|quellen?|text)|(?:selon|d['’]après) (?:le|les|la) (?:documents?|sources?|textes?),?|según (?:los|el|las) (?:documentos?|fuentes?|textos?),?)\s*/iu;

/** From this share of its words on a sentence is what the passages say, below the other one it is something else. */
const SUPPORTED_FROM = 0.6;
const UNSUPPORTED_BELOW = 0.34;
/** Another number in a sentence that has this share of all else is a contradiction; below it the number just is not there. */
const SAME_SENTENCE_FROM = 0.55;
/** So much alike are a sentence and its source when a fact that stands elsewhere in the passage is taken for swapped. */
const NEARLY_VERBATIM_FROM = 0.85;
/** Windows nearly as good as the best are all asked: one that agrees is enough. */
const LIKE_BEST = 0.95;
const MAX_WINDOWS = 4;
const MAX_REASONS = 5;

type Candidate = {
  readonly window: Window;
  readonly evidence: Evidence;
  readonly matches: readonly number[];
  readonly share: number;
};

/** Compares a sentence with passages, without a model: its words, numbers, dates and names, and what it denies. */
export function judgeSentence(options: JudgeOptions): Judgement {
  const { sentence, kind, passages, known, weightOf } = options;
  const claim = readText(sentence.replace(ATTRIBUTION, ''));
  const items = itemsOf(claim, weightOf);
  if (items.length === 0) return { label: 'supported', reasons: [] };
  const candidates = bestWindows(items, passages);
  const best = candidates[0];
  const union = shareOf(items, unionMatches(items, passages));
  const overlap = best ? (best.share + union) / 2 : 0;
  const missing = missingFacts(claim, passages, known);
  const contradictions = contradictionsOf({ claim, items, missing, kind, passages }, candidates);
  const contradicted = new Set(contradictions.map(({ what }) => what));
  const absent = missing
    .filter(({ fact }) => !contradicted.has(fact.text) && (fact.kind !== 'name' || fact.isSure))
    .map(({ fact, words }): CheckReason & { isSoft: boolean } => ({
      kind: fact.kind,
      what: words.join(' ') || fact.text,
      isSoft: isSoft(fact) && !isOnlyDifference(fact, items, candidates),
    }));
  absent.sort((a, b) => Number(a.isSoft) - Number(b.isSoft));
  const reasons: CheckReason[] = [...contradictions, ...absent.map(({ kind: of, what }) => ({ kind: of, what }))];
  const weak = overlap < SUPPORTED_FROM;
  if (weak && reasons.length === 0) reasons.push({ kind: 'overlap', what: unmatchedWords(items, passages) });
  const label = labelOf({
    isContradicted: contradictions.length > 0,
    isAbsent: absent.some((each) => !each.isSoft) || overlap < floorOf(claim, passages),
    isPartly: weak || absent.length > 0,
  });
  return { label, reasons: label === 'supported' ? [] : reasons.slice(0, MAX_REASONS) };
}

function labelOf(found: { isContradicted: boolean; isAbsent: boolean; isPartly: boolean }): CheckLabel {
  if (found.isContradicted) return 'contradicted';
  if (found.isAbsent) return 'unsupported';
  return found.isPartly ? 'partly' : 'supported';
}

/** A number in words may count what the answer lists. */
const isSoft = (fact: Fact): boolean => fact.kind === 'number' && fact.isWord;

/** Whether a sentence of a passage says all but the fact. */
const isOnlyDifference = (fact: Fact, items: readonly Item[], candidates: readonly Candidate[]): boolean =>
  fact.kind === 'number' &&
  candidates
    .slice(0, MAX_WINDOWS)
    .some(({ matches }) => shareOf(items, matches, ({ token }) => token.fact === fact) >= NEARLY_VERBATIM_FROM);

/**
 * Below this share a sentence is unsupported. An answer in another language than the passages shares their numbers and
 * names only, so its words tell nothing.
 */
function floorOf({ tokens }: ReadText, passages: readonly Evidence[]): number {
  const empty = tokens.filter(({ isContent, fact }) => !isContent && fact === null);
  if (empty.length >= 3) {
    const shared = empty.filter(({ key }) => passages.some(({ index }) => index.stems.has(key))).length;
    if (shared / empty.length < 0.2 && passages.some(({ index }) => index.words.length > 60)) return 0;
  }
  return UNSUPPORTED_BELOW;
}

type Missing = { readonly fact: Fact; readonly words: readonly string[] };

/** The facts of the sentence that no passage has. */
function missingFacts(claim: ReadText, passages: readonly Evidence[], known: readonly TermIndex[]): Missing[] {
  return claim.facts.flatMap((fact): Missing[] => {
    if (fact.kind === 'name') {
      const words = missingWords(fact, passages, known);
      return words.length > 0 ? [{ fact, words }] : [];
    }
    return passages.some((evidence) => standsInEvidence(fact, evidence)) ? [] : [{ fact, words: [] }];
  });
}

/** Windows that say nearly all of the sentence, best first; of those as good the shorter first: one sentence says more than two. */
function bestWindows(items: readonly Item[], passages: readonly Evidence[]): Candidate[] {
  const all = passages.flatMap((evidence) =>
    evidence.windows.map((window): Candidate => {
      const matches = matchItems(items, { index: window.index(), facts: window.read().facts, years: evidence.years });
      return { window, evidence, matches, share: shareOf(items, matches) };
    }),
  );
  return all.sort((a, b) => b.share - a.share || lengthOf(a) - lengthOf(b));
}

const lengthOf = ({ window }: Candidate): number => window.span.end - window.span.start;

const unionMatches = (items: readonly Item[], passages: readonly Evidence[]): number[] => {
  const each = passages.map((evidence) =>
    matchItems(items, {
      index: evidence.index,
      facts: [...evidence.numbers, ...evidence.dates],
      years: evidence.years,
    }),
  );
  return items.map((_, at) => Math.max(0, ...each.map((matches) => matches[at]!)));
};

type Compared = {
  readonly claim: ReadText;
  readonly items: readonly Item[];
  readonly missing: readonly Missing[];
  readonly kind: SentenceKind;
  readonly passages: readonly Evidence[];
};

/**
 * What the windows that are nearly the sentence say otherwise. One that agrees is enough: copies of a sentence in other
 * versions of a document say other numbers.
 */
function contradictionsOf(compared: Compared, candidates: readonly Candidate[]): CheckReason[] {
  const best = candidates[0];
  if (!best) return [];
  const least = leastOf(likeBest(candidates).map((candidate) => againstWindow(compared, candidate)));
  const swapped = compared.claim.facts.flatMap((fact) => {
    // A name that only the question has may be another word for what the passage speaks of.
    if (fact.kind === 'name' && missingWords(fact, compared.passages, []).length > 0) return [];
    if (compared.missing.some((each) => each.fact === fact) || least.some(({ what }) => what === fact.text)) return [];
    const instead = swappedIn(fact, compared, candidates);
    return instead ? [{ kind: fact.kind, what: fact.text, instead }] : [];
  });
  return [...least, ...deniedBy(compared, candidates), ...swapped];
}

const likeBest = (candidates: readonly Candidate[]): Candidate[] =>
  candidates.filter(({ share }) => share >= (candidates[0]?.share ?? 0) * LIKE_BEST).slice(0, MAX_WINDOWS);

const leastOf = (each: readonly CheckReason[][]): CheckReason[] =>
  each.reduce((kept, own) => (kept.length <= own.length ? kept : own), each[0] ?? []);

/** Of single sentences only: what one sentence denies is not denied of the subject of the next. */
function deniedBy({ claim, kind }: Compared, candidates: readonly Candidate[]): CheckReason[] {
  if (kind === 'code') return [];
  const alike = likeBest(candidates.filter(({ window }) => window.isSingle));
  return leastOf(
    alike.map(({ window, share }) => {
      const flip = share >= SAME_SENTENCE_FROM ? findFlip(claim, window.read()) : null;
      return flip ? [{ kind: 'negation', ...flip }] : [];
    }),
  );
}

/** Numbers, dates and names that stand nowhere, with what a window has in their place. */
function againstWindow({ claim, items, missing }: Compared, { window, matches, evidence }: Candidate): CheckReason[] {
  const text = window.read();
  const reasons: CheckReason[] = [];
  const pairs = align(claim.tokens, text.tokens);
  for (const { fact } of missing) {
    const instead = counterpartOf({ fact, claim, text, pairs, evidence });
    const shareWithout = shareOf(items, matches, ({ token }) => token.fact === fact);
    if (instead && shareWithout >= SAME_SENTENCE_FROM) reasons.push({ kind: fact.kind, what: fact.text, instead });
  }
  return reasons;
}

/**
 * What a sentence that says all else has in the place of a fact that the passage has elsewhere; null where a sentence has
 * the fact too.
 */
function swappedIn(fact: Fact, { claim, items }: Compared, candidates: readonly Candidate[]): string | null {
  const isOwn = ({ token }: Item): boolean => token.fact === fact;
  // A name by itself stands in no sentence that another name could be of.
  if (items.filter((item) => !isOwn(item)).length < 2) return null;
  const sources = candidates
    .filter(({ window, matches }) => window.isSingle && shareOf(items, matches, isOwn) >= NEARLY_VERBATIM_FROM)
    .slice(0, MAX_WINDOWS);
  let instead: string | null = null;
  for (const { window, evidence } of sources) {
    const text = window.read();
    const sought = { fact, claim, text, pairs: align(claim.tokens, text.tokens), evidence };
    const [first, ...more] = factsInGap(sought);
    if (first && more.length === 0) instead ??= first.text;
    else if (fact.kind === 'name' ? hasName(fact, text) : standsAmong(fact, text.facts, evidence.years)) return null;
  }
  return instead;
}

type Sought = {
  readonly fact: Fact;
  readonly claim: ReadText;
  readonly text: ReadText;
  readonly pairs: Alignment;
  readonly evidence: Evidence;
};

/** A fact of the text in the place of one of the claim, or else the only one of its kind that the claim does not have. */
function counterpartOf(sought: Sought): string | null {
  const { fact, claim, text } = sought;
  const inGap = factsInGap(sought);
  if (inGap[0]) return inGap[0].text;
  const others = text.facts.filter((own) => isOfKind(fact, own) && !isIn(own, claim, sought.evidence.years));
  return others.length === 1 && fact.kind !== 'name' ? others[0]!.text : null;
}

const hasName = (name: NameFact, { tokens }: ReadText): boolean =>
  name.words.some(({ text }) => termsOf(text).some((own) => tokens.some(({ key }) => key === own.stem)));

/** Facts of the same kind between the words of the text that stand around the fact in the claim. */
function factsInGap({ fact, claim, text, pairs, evidence }: Sought): Fact[] {
  const matched = new Set(pairs.map(([i]) => i));
  const places = claim.tokens.flatMap((token, at) => (token.fact === fact && !matched.has(at) ? [at] : []));
  if (places.length === 0) return [];
  const first = places[0]!;
  const last = places.at(-1)!;
  if (fact.kind !== 'name' && pairs.some(([i]) => i >= first && i <= last)) return [];
  const before = pairs.findLast(([i]) => i < first);
  const after = pairs.find(([i]) => i > last);
  const from = before ? before[1] + 1 : 0;
  const to = after ? after[1] : text.tokens.length;
  const inGap = text.tokens.slice(from, to);
  const found = new Set(
    inGap.flatMap(({ fact: own }) =>
      own && isOfKind(fact, own) && !isIn(own, claim, evidence.years) && isName(own, fact, evidence) ? [own] : [],
    ),
  );
  return [...found];
}

/** Of two words with a capital at the start of a sentence neither may be a name. */
const isName = (own: Fact, fact: Fact, { names }: Evidence): boolean =>
  own.kind !== 'name' ||
  own.isSure ||
  (fact.kind === 'name' && fact.isSure) ||
  termsOf(own.text).some(({ stem }) => names.has(stem));

function isOfKind(fact: Fact, own: Fact): boolean {
  if (fact.kind === 'number' && own.kind === 'number') {
    return !fact.measure || !own.measure || fact.measure.dimension === own.measure.dimension;
  }
  return fact.kind === own.kind;
}

const isIn = (own: Fact, claim: ReadText, years: ReadonlySet<number>): boolean =>
  own.kind === 'name' ? hasName(own, claim) : standsAmong(own, claim.facts, years);

/** Words of the sentence that no passage has, for the reader. */
function unmatchedWords(items: readonly Item[], passages: readonly Evidence[]): string {
  const union = unionMatches(items, passages);
  const words = items.filter((_, at) => union[at]! < 0.6).map(({ token }) => token.term.word);
  return words.slice(0, 6).join(' ');
}
