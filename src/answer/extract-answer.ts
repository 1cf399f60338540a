import type { DocumentId } from '../domain/ids.ts';
import type { Hit } from '../domain/search.ts';
import { type AnswerKind, askedKind, countedStem, countsOf, cueStrength, moneyFactor } from './answer-cues.ts';
import { coverageOf, textOfHit } from './judge-relevance.ts';
import { passageUnits, type Unit } from './passage-units.ts';
import { questionTerms, type WeightedTerm } from './question-terms.ts';
import { indexTerms, matchTerm, type TermIndex, termsOf } from './text-terms.ts';

/** A sentence of the answer, with the passage it is taken from. */
export type Extract = {
  /** Number of the passage, from 1. */
  readonly marker: number;
  readonly unit: Unit;
  readonly score: number;
};

export type ExtractOptions = {
  readonly question: string;
  readonly hits: readonly Hit[];
  readonly idf?: (word: string) => number;
  readonly documentText: (documentId: DocumentId) => string | null;
};

/** A reader takes in a few sentences; whoever wants more opens the passage. */
const MAX_SENTENCES = 4;
const MAX_LENGTH = 600;
/** Passages further down are searched too seldom with success to be worth their noise. */
const MAX_HITS = 20;
/** A further sentence must be nearly as good as the best one, or it dilutes it. */
const MIN_SHARE_OF_BEST = 0.66;

/**
 * The sentences that best answer a question, verbatim, best passage first and in reading order within a passage. A sentence
 * scores by the share of the question's mass that it and its headings hold, by whether it has the kind of thing that is
 * asked for (a date, a number, a name, a place), and by the rank of its passage. Empty when no sentence shares a word
 * with the question.
 */
export function extractAnswer({ question, hits, idf, documentText }: ExtractOptions): Extract[] {
  const searched = hits.slice(0, MAX_HITS);
  const terms = questionTerms({ question, passages: searched.map(textOfHit), idf });
  if (terms.length === 0) return [];
  const asked: Asked = { question, kind: askedKind(question), counted: countedStem(question) };
  const candidates = searched
    .flatMap((hit, index) => scorePassage({ hit, marker: index + 1, terms, asked, documentText }))
    .sort((a, b) => b.score - a.score || a.marker - b.marker || a.unit.position - b.unit.position);
  return inReadingOrder(withAntecedents(choose(candidates, terms), candidates));
}

/** The text of extracts as it is shown, each with its marker. */
export function renderExtracts(extracts: readonly Extract[]): string {
  let text = '';
  extracts.forEach(({ marker, unit }, index) => {
    const previous = extracts[index - 1];
    const runsOn = previous?.marker === marker && previous.unit.kind === 'sentence' && unit.kind === 'sentence';
    text += `${index === 0 ? '' : runsOn ? ' ' : '\n'}${unit.shown} [${marker}]`;
  });
  return text;
}

type Candidate = Extract & { readonly index: TermIndex; readonly previous: Unit | null };

function scorePassage(parts: {
  hit: Hit;
  marker: number;
  terms: readonly WeightedTerm[];
  asked: Asked;
  documentText: ExtractOptions['documentText'];
}): Candidate[] {
  const { hit, marker, terms, asked } = parts;
  const units = passageUnits(hit, parts.documentText(hit.chunk.documentId));
  const headings = indexTerms([hit.document.title, ...hit.chunk.headingPath].join('\n'));
  const indexes = units.map((unit) => indexTerms(unit.text));
  // 1, 0.93, 0.87 ...: rank decides between sentences of like worth and no more.
  const rankFactor = 1 / (1 + 0.07 * (marker - 1));
  const candidates: Candidate[] = [];
  units.forEach((unit, at) => {
    if (!isQuotable(unit)) return;
    const index = indexes[at]!;
    const previous = at > 0 ? units[at - 1]! : null;
    const next = units[at + 1]?.block === unit.block ? indexes[at + 1]! : null;
    const previousIndex = indexes[at - 1] ?? null;
    const score = scoreUnit({ unit, index, terms, asked, headings, previous, previousIndex, next });
    if (score > 0) candidates.push({ marker, unit, index, previous, score: score * rankFactor });
  });
  return candidates;
}

/** What the surroundings say counts for this much of what the sentence itself says. */
const HEADING_CREDIT = 0.55;
const CONTEXT_CREDIT = 0.75;
const NEIGHBOUR_CREDIT = 0.3;
/** After a question in the text (as in a list of questions and answers) the next sentence answers it. */
const ANSWERED_QUESTION_CREDIT = 0.85;
/** The weight of a matching kind of answer, beside an overlap of at most 1. */
const CUE_WEIGHT = 0.3;

function scoreUnit(parts: {
  unit: Unit;
  index: TermIndex;
  terms: readonly WeightedTerm[];
  asked: Asked;
  headings: TermIndex;
  previous: Unit | null;
  previousIndex: TermIndex | null;
  next: TermIndex | null;
}): number {
  const { unit, index, terms, asked, headings, previous, previousIndex, next } = parts;
  const context = unit.context === '' ? null : indexTerms(unit.context);
  const followsQuestion = previous !== null && isQuestion(previous.text);
  const pointsBack = previous?.block === unit.block && pointsBackward(unit.text);
  const previousCredit = followsQuestion ? ANSWERED_QUESTION_CREDIT : pointsBack ? CONTEXT_CREDIT : NEIGHBOUR_CREDIT;
  let overlap = 0;
  let own = 0;
  for (const term of terms) {
    const inside = matchTerm(term, index);
    own += inside * term.weight;
    overlap +=
      term.weight *
      Math.max(
        inside,
        HEADING_CREDIT * matchTerm(term, headings),
        context ? CONTEXT_CREDIT * matchTerm(term, context) : 0,
        previousIndex && previous?.kind !== 'heading' ? previousCredit * matchTerm(term, previousIndex) : 0,
        next ? NEIGHBOUR_CREDIT * matchTerm(term, next) : 0,
      );
  }
  if (own === 0 && overlap < 0.35) return 0;
  const cue = cueOf(asked, unit, index) * CUE_WEIGHT * Math.min(1, overlap * 2);
  const opening = unit.position <= 1 ? 0.04 : 0;
  return (overlap + cue + opening) * wholeness(unit) * (isQuestion(unit.text) ? 0.4 : 1);
}

/** What a question asks for: a kind of thing, and what is counted when it asks for a count. */
type Asked = { readonly question: string; readonly kind: AnswerKind; readonly counted: string | null };

function cueOf({ question, kind, counted }: Asked, unit: Unit, index: TermIndex): number {
  const strength = cueStrength(kind, kind === 'person' ? withoutAskedNames(question, unit.text, index) : unit.text);
  if (kind !== 'number' || strength === 0) return strength;
  const money = moneyFactor(question, unit.text);
  return counted === null ? money * strength : countsOf(index.words, counted) ? 1.3 : 0.7 * strength;
}

/** A name that the question itself gives is not the one it asks for; in small letters it is taken for none. */
function withoutAskedNames(question: string, text: string, index: TermIndex): string {
  const asked = new Set(termsOf(question).map((term) => term.stem));
  let result = text;
  for (const { stem, start, end } of index.words) {
    if (asked.has(stem)) result = result.slice(0, start) + result.slice(start, end).toLowerCase() + result.slice(end);
  }
  return result.length === text.length ? result : text;
}

const isQuestion = (text: string): boolean => /[?？؟]["'”’)]*$/.test(text);

/** Headings are no answers, and neither are scraps. */
function isQuotable(unit: Unit): boolean {
  if (unit.kind === 'heading') return false;
  const letters = unit.text.match(/[\p{L}\p{N}]/gu)?.length ?? 0;
  if (unit.kind === 'sentence') return letters >= (/[^\u0000-\u052f]/.test(unit.text) ? 6 : 12);
  return letters >= 2;
}

/** Prefers whole sentences of readable length; 1 at best. */
function wholeness(unit: Unit): number {
  const { text, kind } = unit;
  let factor = 1;
  if (kind === 'sentence') {
    if (!/[.!?…。！？؟।:：]["'”’»)\]*_]*$/u.test(text)) factor *= 0.85;
    if (/[:：]$/.test(text)) factor *= 0.75;
    if (/^\p{Ll}/u.test(text)) factor *= 0.85;
  }
  if (kind === 'code') factor *= 0.8;
  if (text.length > 280) factor *= 0.92;
  if (text.length < 18 && kind === 'sentence' && !/[^\u0000-\u052f]/.test(text)) factor *= 0.85;
  return factor;
}

/** Greedy: the best, then what is nearly as good and says something else. */
function choose(candidates: readonly Candidate[], terms: readonly WeightedTerm[]): Candidate[] {
  const best = candidates[0];
  if (!best) return [];
  const chosen = [best];
  let length = best.unit.shown.length;
  for (const candidate of candidates.slice(1)) {
    if (chosen.length >= MAX_SENTENCES || candidate.score < best.score * MIN_SHARE_OF_BEST) break;
    if (length + candidate.unit.shown.length > MAX_LENGTH) continue;
    if (chosen.some((other) => saysTheSame(other.index, candidate.index))) continue;
    // When the best sentence holds the whole question, others only repeat it.
    if (coverageOf(terms, best.index) > 0.95 && candidate.score < best.score * 0.85) continue;
    chosen.push(candidate);
    length += candidate.unit.shown.length;
  }
  return chosen;
}

/** Two sentences of which one holds four fifths of the other's words. */
function saysTheSame(a: TermIndex, b: TermIndex): boolean {
  const [small, large] = a.stems.size <= b.stems.size ? [a.stems, b.stems] : [b.stems, a.stems];
  if (small.size === 0) return true;
  let shared = 0;
  for (const stem of small) if (large.has(stem)) shared++;
  return shared / small.size >= 0.8;
}

/** Words that point back, so that the sentence needs the one before it. */
const POINTS_BACK =
  /^(?:it|its|they|them|their|he|she|his|her|this|these|those|that|such|both|the latter|er|sie|es|dies\w*|diese\w*|dessen|deren|dabei|dafür|il|elle|ils|elles|cela|ceci|ce|esto|este|esta|estos|ello|questo|questa|ciò|isso|isto|это|этот|он|она|они)(?![\p{L}'’])|^(?:他|她|它|这|這|该|該|これ|それ|この|その)/iu;

/** "Ravi Deshmukh leads it.": short, with a pronoun whose noun stands in the sentence before. */
const SHORT_WITH_PRONOUN = /^.{0,70}(?<=\s)(?:it|them|him|her|ihn|sie|es|ihm|ihr)(?![\p{L}'’]).{0,30}$/iu;

const pointsBackward = (text: string): boolean => POINTS_BACK.test(text) || SHORT_WITH_PRONOUN.test(text);

/** Puts the sentence before in front of one that points back to it, while there is room. */
function withAntecedents(chosen: readonly Candidate[], candidates: readonly Candidate[]): Candidate[] {
  const result = [...chosen];
  let length = chosen.reduce((sum, candidate) => sum + candidate.unit.shown.length, 0);
  for (const candidate of chosen) {
    const { previous, unit, marker } = candidate;
    if (previous?.kind !== 'sentence' || previous.block !== unit.block) continue;
    if (result.length >= MAX_SENTENCES || !pointsBackward(unit.text) || length + previous.shown.length > MAX_LENGTH)
      continue;
    if (result.some((other) => other.marker === marker && other.unit.position === previous.position)) continue;
    const scored = candidates.find((other) => other.marker === marker && other.unit.position === previous.position);
    result.push(scored ?? { ...candidate, unit: previous, previous: null });
    length += previous.shown.length;
  }
  return result;
}

/** Passages by their best sentence; sentences of one passage as they stand in it. */
function inReadingOrder(chosen: readonly Candidate[]): Extract[] {
  const bestOf = new Map<number, number>();
  for (const { marker, score } of chosen) bestOf.set(marker, Math.max(score, bestOf.get(marker) ?? 0));
  return [...chosen]
    .sort(
      (a, b) =>
        bestOf.get(b.marker)! - bestOf.get(a.marker)! || a.marker - b.marker || a.unit.position - b.unit.position,
    )
    .map(({ marker, unit, score }) => ({ marker, unit, score }));
}
