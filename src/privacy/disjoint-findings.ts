import type { Finding } from './types.ts';

/** In order, without overlaps: the surer one stays, and of two that are as sure the longer one. Numbers cover both. */
export function disjointFindings(findings: readonly Finding[]): Finding[] {
  const sorted = [...findings].sort((a, b) => a.span.start - b.span.start || b.span.end - a.span.end);
  const kept: Finding[] = [];
  for (const finding of sorted) {
    const last = kept.at(-1);
    if (!last || finding.span.start >= last.span.end) kept.push(finding);
    else kept[kept.length - 1] = isBetter(finding, last) ? covering(finding, last) : covering(last, finding);
  }
  return kept;
}

const NUMBERS = ['phone', 'card', 'iban', 'national-id'];

/** Of a number that is left out no digits may stay beside the one that is kept. */
const covering = (kept: Finding, other: Finding): Finding =>
  NUMBERS.includes(kept.kind) && NUMBERS.includes(other.kind)
    ? {
        ...kept,
        span: {
          start: Math.min(kept.span.start, other.span.start),
          end: Math.max(kept.span.end, other.span.end),
        },
      }
    : kept;

const lengthOf = ({ span }: Finding): number => span.end - span.start;

const isBetter = (a: Finding, b: Finding): boolean =>
  Math.abs(a.confidence - b.confidence) > 0.03 ? a.confidence > b.confidence : lengthOf(a) > lengthOf(b);
