import type { DocumentId } from '../domain/ids.ts';
import type { Hit } from '../domain/search.ts';
import type { Span } from '../domain/span.ts';
import { coverageOf, textOfHit } from './judge-relevance.ts';
import { passageUnits, type Unit } from './passage-units.ts';
import { MAX_QUESTION_LENGTH, questionTerms, type WeightedTerm } from './question-terms.ts';
import { type Asked, isQuotable, pointsBackward, readAsked, scoreUnit } from './score-unit.ts';
import { indexTerms, matchTerm, type TermIndex } from './text-terms.ts';

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
  const asked = readAsked(question.slice(0, MAX_QUESTION_LENGTH));
  const candidates = searched
    .flatMap((hit, index) => scorePassage({ hit, marker: index + 1, terms, asked, documentText }))
    .sort((a, b) => b.score - a.score || a.marker - b.marker || a.unit.position - b.unit.position);
  return inReadingOrder(withAntecedents(choose(candidates, terms), candidates));
}

/** The text of extracts as it is shown, each with its marker. */
export function renderExtracts(extracts: readonly Extract[]): string {
  return extracts.map((extract, index) => `${separatorBefore(extracts, index)}${shownExtract(extract)}`).join('');
}

/** Where each extract stands in that text, with its marker. */
export function spansOfExtracts(extracts: readonly Extract[]): Span[] {
  let end = 0;
  return extracts.map((extract, index) => {
    const start = end + separatorBefore(extracts, index).length;
    end = start + shownExtract(extract).length;
    return { start, end };
  });
}

const shownExtract = ({ unit, marker }: Extract): string => `${unit.shown} [${marker}]`;

function separatorBefore(extracts: readonly Extract[], index: number): string {
  const previous = extracts[index - 1];
  const { marker, unit } = extracts[index]!;
  if (!previous) return '';
  return previous.marker === marker && previous.unit.kind === 'sentence' && unit.kind === 'sentence' ? ' ' : '\n';
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
  // Units of one section, table or record share what stands around them.
  const around = new Map<string, TermIndex>();
  const indexOf = (text: string): TermIndex => {
    const known = around.get(text);
    if (known) return known;
    const index = indexTerms(text);
    around.set(text, index);
    return index;
  };
  // 1, 0.93, 0.87 ...: rank decides between sentences of like worth and no more.
  const rankFactor = 1 / (1 + 0.07 * (marker - 1));
  const candidates: Candidate[] = [];
  units.forEach((unit, at) => {
    if (!isQuotable(unit)) return;
    const index = indexes[at]!;
    const previous = at > 0 ? units[at - 1]! : null;
    const next = units[at + 1]?.block === unit.block ? indexes[at + 1]! : null;
    const previousIndex = indexes[at - 1] ?? null;
    const heading = unit.heading === '' ? null : indexOf(unit.heading);
    const context = unit.context === '' ? null : indexOf(unit.context);
    const score = scoreUnit({ unit, index, terms, asked, headings, heading, context, previous, previousIndex, next });
    if (score > 0) candidates.push({ marker, unit, index, previous, score: score * rankFactor });
  });
  return candidates;
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
    if (isOfAnotherRecord(candidate, best, terms)) continue;
    // When the best sentence holds the whole question, others only repeat it.
    if (coverageOf(terms, best.index) > 0.95 && candidate.score < best.score * 0.85) continue;
    chosen.push(candidate);
    length += candidate.unit.shown.length;
  }
  return chosen;
}

/** Rows and records look alike: one that lacks a name or number of the question, which the best one has, is of another thing. */
function isOfAnotherRecord({ unit }: Candidate, best: Candidate, terms: readonly WeightedTerm[]): boolean {
  if (!isRecord(unit) || !isRecord(best.unit)) return false;
  const own = indexTerms(`${unit.heading}\n${unit.text}`);
  const asked = indexTerms(`${best.unit.heading}\n${best.unit.text}`);
  return terms.some((term) => term.specific && matchTerm(term, asked) >= 0.6 && matchTerm(term, own) < 0.6);
}

const isRecord = ({ kind }: Unit): boolean => kind === 'record' || kind === 'table-row';

/** Two sentences of which one holds four fifths of the other's words. */
function saysTheSame(a: TermIndex, b: TermIndex): boolean {
  const [small, large] = a.stems.size <= b.stems.size ? [a.stems, b.stems] : [b.stems, a.stems];
  if (small.size === 0) return true;
  let shared = 0;
  for (const stem of small) if (large.has(stem)) shared++;
  return shared / small.size >= 0.8;
}

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
