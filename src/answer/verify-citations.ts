import type { Answer, Citation, SentenceCheck } from '../domain/answer.ts';
import type { DocumentId } from '../domain/ids.ts';
import type { Hit } from '../domain/search.ts';
import type { Span } from '../domain/span.ts';
import { createQuotationCheck, type QuotationCheck } from './check-quotations.ts';
import { type Claim, claimsOf } from './claims.ts';
import { unverifiedQuotations } from './mark-quotations.ts';
import { passageUnits, type Unit } from './passage-units.ts';
import { standsIn, type WordSequence, wordSequence } from './stands-in.ts';
import { indexTerms, matchTerm, type Term, type TermIndex } from './text-terms.ts';

export type Verification = {
  /** One for each passage that is cited and each sentence of it that carries a claim, in the order of the answer. */
  readonly citations: readonly Citation[];
  readonly warnings: readonly string[];
  readonly support: Answer['support'];
};

export type VerifyOptions = {
  readonly answer: string;
  /** `[n]` is the n-th. */
  readonly hits: readonly Hit[];
  readonly documentText: (documentId: DocumentId) => string | null;
  /** What the answer puts in quotation marks is compared by it; without one, with the passages. */
  readonly check?: QuotationCheck;
  /** How its sentences were judged; without them by the words that they share with what they cite. */
  readonly checks?: readonly SentenceCheck[];
};

/** A claim that shares less than this of its words with the passage that it cites is not borne out by it. */
const MIN_SUPPORT = 0.25;

/**
 * Checks every citation of an answer. For each cited passage the span that bears the claim out best is chosen: what the
 * claim quotes word for word, else the unit that shares most of its words. Its text is compared with the stored document,
 * character for character. A claim that cites nothing gets the citation of a passage in which it stands word for word, but
 * for inflection and articles. A claim with a quotation that no passage holds is not borne out. Support is 'supported'
 * when every claim cites a passage that bears it out, 'none' when no claim cites a passage that exists, else 'partial'.
 */
export function verifyCitations(options: VerifyOptions): Verification {
  const { answer, hits, documentText, check = createQuotationCheck(hits, ''), checks = [] } = options;
  const passages = new Map<number, Passage>();
  const passageOf = (marker: number): Passage | null => {
    const hit = hits[marker - 1];
    if (!hit) return null;
    const known = passages.get(marker);
    if (known) return known;
    const passage = openPassage(hit, documentText(hit.chunk.documentId));
    passages.set(marker, passage);
    return passage;
  };

  const citations: Citation[] = [];
  const unknown = new Set<number>();
  const weak = new Set<number>();
  const unquoted = new Set<number>();
  let supported = 0;
  let cited = 0;
  const claims = claimsOf(answer);
  const invented = unverifiedQuotations(answer, check);
  let uncited = 0;
  for (const claim of claims) {
    const quotesNobody = invented.some(({ span }) => span.start < claim.span.end && span.end > claim.span.start);
    if (claim.markers.length === 0) {
      const attached = quotesNobody ? null : standingCitation(claim, hits.length, passageOf);
      if (attached) {
        cited++;
        supported++;
        if (!citations.some((other) => sameCitation(other, attached))) citations.push(attached);
      } else uncited++;
      continue;
    }
    let borneOut = false;
    let known = false;
    for (const marker of claim.markers) {
      const passage = passageOf(marker);
      if (!passage) {
        unknown.add(marker);
        continue;
      }
      known = true;
      const { span, quote, strength } = bestSpan(claim, passage);
      const verified = passage.document !== null && passage.document.slice(span.start, span.end) === quote;
      if (!verified) unquoted.add(marker);
      if (strength < MIN_SUPPORT) weak.add(marker);
      borneOut ||= verified && strength >= MIN_SUPPORT;
      const citation: Citation = { marker, chunkId: passage.hit.chunk.id, span, quote, verified };
      if (!citations.some((other) => sameCitation(other, citation))) citations.push(citation);
    }
    if (known) cited++;
    if (borneOut && !quotesNobody) supported++;
  }

  const warnings: string[] = [];
  if (unknown.size > 0) warnings.push(`The answer cites ${list(unknown)}, but the passages end at [${hits.length}].`);
  if (unquoted.size > 0) warnings.push(`The stored text no longer holds what ${list(unquoted)} quotes.`);
  for (const { text } of invented.slice(0, MAX_QUOTATIONS_TOLD)) {
    warnings.push(`No passage has what the answer quotes: "${shorten(text)}".`);
  }
  if (invented.length > MAX_QUOTATIONS_TOLD) {
    warnings.push(`No passage has ${invented.length - MAX_QUOTATIONS_TOLD} more quotations of the answer.`);
  }
  if (weak.size > 0 && checks.length === 0)
    warnings.push(`The text of ${list(weak)} shares few words with the sentence that cites it.`);
  if (cited > 0 && uncited > 0) {
    warnings.push(
      uncited === 1 ? 'One sentence of the answer cites nothing.' : `${uncited} sentences of the answer cite nothing.`,
    );
  }
  const support = supportOf({ claims: claims.length, cited, supported });
  const holds = checks.every(({ label }) => label === 'supported');
  return {
    citations,
    warnings: [...warnings, ...toldOf(checks)],
    support: support === 'supported' && !holds ? 'partial' : support,
  };
}

/** What a reader should know of sentences that were judged; which they are is marked in the text. */
function toldOf(checks: readonly SentenceCheck[]): string[] {
  const count = (label: SentenceCheck['label']): number => checks.filter((each) => each.label === label).length;
  const told = (found: number, what: string): string[] =>
    found === 0
      ? []
      : [`${found === 1 ? 'One sentence of the answer is' : `${found} sentences of the answer are`} ${what}.`];
  return [
    ...told(count('contradicted'), 'contradicted by the passages'),
    ...told(count('unsupported'), 'not supported by the passages'),
    ...told(count('partly'), 'only partly supported by the passages'),
  ];
}

/** The rest is in the text, marked. */
const MAX_QUOTATIONS_TOLD = 3;

const shorten = (text: string): string => {
  const line = text.replace(/\s+/g, ' ').trim();
  return line.length <= 80 ? line : `${line.slice(0, 79).trimEnd()}…`;
};

/** The citation of the first passage that says the claim word for word, null when there is none. */
function standingCitation(
  claim: Claim,
  passages: number,
  passageOf: (marker: number) => Passage | null,
): Citation | null {
  const sequence = wordSequence(claim.text);
  for (let marker = 1; marker <= passages; marker++) {
    const { document, units, hit } = passageOf(marker)!;
    for (const { unit, sequenceOf } of units) {
      if (unit.kind === 'heading' || !standsIn(sequence, sequenceOf())) continue;
      const { span, text: quote } = unit;
      if (document?.slice(span.start, span.end) !== quote) continue;
      return { marker, chunkId: hit.chunk.id, span, quote, verified: true, attached: true };
    }
  }
  return null;
}

function supportOf(counts: { claims: number; cited: number; supported: number }): Answer['support'] {
  if (counts.cited === 0) return 'none';
  return counts.supported === counts.claims ? 'supported' : 'partial';
}

const MAX_MARKERS_TOLD = 10;

function list(markers: ReadonlySet<number>): string {
  const sorted = [...markers].sort((a, b) => a - b);
  const told = sorted.slice(0, MAX_MARKERS_TOLD).map((marker) => `[${marker}]`);
  const left = sorted.length - told.length;
  return left > 0 ? `${told.join(', ')} and ${left} more` : told.join(', ');
}

const sameCitation = (a: Citation, b: Citation): boolean =>
  a.marker === b.marker && a.span.start === b.span.start && a.span.end === b.span.end;

type Passage = {
  readonly hit: Hit;
  readonly document: string | null;
  readonly units: readonly {
    readonly unit: Unit;
    readonly index: TermIndex;
    readonly sequenceOf: () => WordSequence;
  }[];
  readonly index: TermIndex;
};

function openPassage(hit: Hit, document: string | null): Passage {
  const units = passageUnits(hit, document).map((unit) => {
    let sequence: WordSequence | null = null;
    const sequenceOf = (): WordSequence => {
      sequence ??= wordSequence(unit.text);
      return sequence;
    };
    return { unit, index: indexTerms(`${unit.context}\n${unit.text}`), sequenceOf };
  });
  const index = indexTerms([hit.document.title, ...hit.chunk.headingPath, hit.chunk.text].join('\n'));
  return { hit, document, units, index };
}

type Borne = { span: Span; quote: string; strength: number };

/** The span of the passage that bears the claim out best, and how much of the claim's words the passage holds. */
function bestSpan(claim: Claim, passage: Passage): Borne {
  const strength = shareOf(claim.terms, passage.index);
  const quoted = quotedSpan(claim.text, passage.hit);
  if (quoted) return { ...quoted, strength: Math.max(strength, MIN_SUPPORT) };
  let best: { unit: Unit; share: number } | null = null;
  for (const { unit, index } of passage.units) {
    const share = shareOf(claim.terms, index) * (unit.kind === 'heading' ? 0.6 : 1);
    if (best === null || share > best.share) best = { unit, share };
  }
  if (best) return { span: best.unit.span, quote: best.unit.text, strength };
  return { span: passage.hit.chunk.span, quote: passage.hit.chunk.text, strength };
}

/** Numbers weigh double: a wrong one is the worst that an answer can do. */
function shareOf(terms: readonly Term[], index: TermIndex): number {
  let sum = 0;
  let found = 0;
  for (const term of terms) {
    const weight = /\d/.test(term.word) ? 2 : 1;
    sum += weight;
    found += weight * matchTerm(term, index);
  }
  return sum === 0 ? 0 : found / sum;
}

const QUOTED = /"([^"\n]{8,400})"|“([^”\n]{8,400})”|„([^“”\n]{8,400})[“”]|«([^»\n]{8,400})»|「([^」\n]{4,400})」/g;

/** Where the passage holds, character for character, what the claim puts in quotation marks. The longest one wins. */
function quotedSpan(claim: string, hit: Hit): { span: Span; quote: string } | null {
  const quotes = [...claim.matchAll(QUOTED)].map((match) => (match.slice(1).find((group) => group) ?? '').trim());
  quotes.sort((a, b) => b.length - a.length);
  for (const quote of quotes) {
    const at = hit.chunk.text.indexOf(quote);
    if (at < 0) continue;
    const start = hit.chunk.span.start + at;
    return { span: { start, end: start + quote.length }, quote };
  }
  return null;
}
