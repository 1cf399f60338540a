import { type AnswerKind, askedKind, countedStem, countsOf, cueStrength, moneyFactor } from './answer-cues.ts';
import type { Unit } from './passage-units.ts';
import type { WeightedTerm } from './question-terms.ts';
import { matchTerm, type TermIndex, termsOf } from './text-terms.ts';

/** What the surroundings say counts for this much of what the sentence itself says. */
const HEADING_CREDIT = 0.55;
const CONTEXT_CREDIT = 0.75;
const NEIGHBOUR_CREDIT = 0.3;
/** After a question in the text (as in a list of questions and answers) the next sentence answers it. */
const ANSWERED_QUESTION_CREDIT = 0.85;
/** The weight of a matching kind of answer, beside an overlap of at most 1. */
const CUE_WEIGHT = 0.3;

/**
 * Worth of one unit as an answer, 0 when it says nothing to the question: the share of the question's mass that it and
 * its surroundings hold, more when it has the kind of thing that is asked for, less for scraps and questions.
 */
export function scoreUnit(parts: {
  unit: Unit;
  index: TermIndex;
  terms: readonly WeightedTerm[];
  asked: Asked;
  headings: TermIndex;
  /** The nearest heading within the passage. */
  heading: TermIndex | null;
  context: TermIndex | null;
  previous: Unit | null;
  previousIndex: TermIndex | null;
  next: TermIndex | null;
}): number {
  const { unit, index, terms, asked, headings, heading, context, previous, previousIndex, next } = parts;
  const followsQuestion = previous !== null && isQuestion(previous.text);
  const pointsBack = previous?.block === unit.block && pointsBackward(unit.text);
  const previousCredit = followsQuestion ? ANSWERED_QUESTION_CREDIT : pointsBack ? CONTEXT_CREDIT : NEIGHBOUR_CREDIT;
  const ownHeadingCredit = previous?.kind === 'heading' ? CONTEXT_CREDIT : HEADING_CREDIT;
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
        heading ? ownHeadingCredit * matchTerm(term, heading) : 0,
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
export type Asked = {
  readonly question: string;
  readonly stems: ReadonlySet<string>;
  readonly kind: AnswerKind;
  readonly counted: string | null;
};

export const readAsked = (question: string): Asked => ({
  question,
  stems: new Set(termsOf(question).map((term) => term.stem)),
  kind: askedKind(question),
  counted: countedStem(question),
});

function cueOf({ question, stems, kind, counted }: Asked, unit: Unit, index: TermIndex): number {
  const strength = cueStrength(kind, kind === 'person' ? withoutAskedNames(stems, unit.text, index) : unit.text);
  if (kind !== 'number' || strength === 0) return strength;
  const money = moneyFactor(question, unit.text);
  return counted === null ? money * strength : countsOf(index.words, counted) ? 1.3 : 0.7 * strength;
}

/** A name that the question itself gives is not the one it asks for; in small letters it is taken for none. */
function withoutAskedNames(asked: ReadonlySet<string>, text: string, index: TermIndex): string {
  let result = text;
  for (const { stem, start, end } of index.words) {
    if (asked.has(stem)) result = result.slice(0, start) + result.slice(start, end).toLowerCase() + result.slice(end);
  }
  return result.length === text.length ? result : text;
}

const isQuestion = (text: string): boolean => /[?？؟]["'”’)]*$/.test(text);

/** Headings are no answers, and neither are scraps. */
export function isQuotable(unit: Unit): boolean {
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

/** Words that point back, so that the sentence needs the one before it. */
const POINTS_BACK =
  /^(?:it|its|they|them|their|he|she|his|her|this|these|those|that|such|both|the latter|er|sie|es|dies\w*|diese\w*|dessen|deren|dabei|dafür|il|elle|ils|elles|cela|ceci|ce|esto|este|esta|estos|ello|questo|questa|ciò|isso|isto|это|этот|он|она|они)(?![\p{L}'’])|^(?:他|她|它|这|這|该|該|これ|それ|この|その)/iu;

/** "Ravi Deshmukh leads it.": short, with a pronoun whose noun stands in the sentence before. */
const SHORT_WITH_PRONOUN = /^.{0,70}(?<=\s)(?:it|them|him|her|ihn|sie|es|ihm|ihr)(?![\p{L}'’]).{0,30}$/iu;

/** Whether a sentence needs the one before it to be understood. */
export const pointsBackward = (text: string): boolean => POINTS_BACK.test(text) || SHORT_WITH_PRONOUN.test(text);
