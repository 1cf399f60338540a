import type { Finding } from './types.ts';

/** In order, without overlaps: the surer one stays, and of two that are as sure the longer one. */
export function disjointFindings(findings: readonly Finding[]): Finding[] {
  const sorted = [...findings].sort((a, b) => a.span.start - b.span.start || b.span.end - a.span.end);
  const kept: Finding[] = [];
  for (const finding of sorted) {
    const last = kept.at(-1);
    if (!last || finding.span.start >= last.span.end) kept.push(finding);
    else if (isBetter(finding, last)) kept[kept.length - 1] = finding;
  }
  return kept;
}

const lengthOf = ({ span }: Finding): number => span.end - span.start;

const isBetter = (a: Finding, b: Finding): boolean =>
  Math.abs(a.confidence - b.confidence) > 0.03 ? a.confidence > b.confidence : lengthOf(a) > lengthOf(b);
