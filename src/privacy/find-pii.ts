import type { Span } from '../domain/span.ts';
import { createAllowList } from './allow-list.ts';
import { DETECTORS } from './detectors.ts';
import { disjointFindings } from './disjoint-findings.ts';
import { findWritten } from './find-written.ts';
import { type FoldedText, foldText } from './text/fold-text.ts';
import type { Finding, FindOptions } from './types.ts';

/** Below this a place is more likely something else. */
const MIN_CONFIDENCE = 0.5;
/** Doubtful places that are remembered until all is known: a table of a million numbers has as many. */
const MAX_DOUBTFUL = 200_000;

/**
 * What in a text is personal or secret: in order, disjoint, spans of the text as it is. Of what overlaps the surer one
 * is kept, then the longer one. A value that is sure in one place, or that `known` holds, counts wherever it stands.
 * Time and memory are linear in the length of the text.
 */
export function findPii(text: string, options: FindOptions = {}): Finding[] {
  const { kinds, allow = [], region = null, known = [] } = options;
  const folded = foldText(text);
  const isAllowed = createAllowList(allow);
  const sure: Finding[] = [];
  const doubtful: Finding[] = [];
  for (const detector of DETECTORS) {
    if (kinds && !kinds.includes(detector.kind)) continue;
    for (const finding of detector.detect(folded.text, { region })) {
      if (isAllowed(finding, folded.text)) continue;
      if (finding.confidence >= MIN_CONFIDENCE) sure.push(finding);
      else if (doubtful.length < MAX_DOUBTFUL) doubtful.push(finding);
    }
  }
  const first = disjointFindings(sure);
  const names = new Set([...first, ...known].map(nameOf));
  const again = doubtful.filter((finding) => names.has(nameOf(finding)));
  const written = findWritten(folded.text, [...first, ...known]);
  const all = again.length + written.length > 0 ? disjointFindings([...first, ...again, ...written]) : first;
  return all.map((finding) => ({ ...finding, span: originalSpan(text, folded, finding.span) }));
}

const nameOf = ({ kind, value }: Pick<Finding, 'kind' | 'value'>): string => `${kind} ${value}`;

/** A span of a folded text in the text as it is: to the end of the last character, without invisible ones after it. */
export function originalSpan(text: string, { toOriginal }: FoldedText, { start, end }: Span): Span {
  const last = toOriginal(end - 1);
  return { start: toOriginal(start), end: last + ((text.codePointAt(last) ?? 0) > 0xffff ? 2 : 1) };
}
