import type { Span } from '../domain/span.ts';

/** A citation as written in an answer: `[1]`, `[1, 2]`, `[1-3]`, `【1】`. */
export type CitationMark = {
  /** Numbers that are meant, in order, without repeats. */
  readonly markers: readonly number[];
  /** Of the bracket, in the answer. */
  readonly span: Span;
};

/** Full-width brackets and digits as Chinese and Japanese models write them; `†` parts are OpenAI's own locators. */
const MARK =
  /[[【［]\s*(?:(?:passages?|sources?|id)\s*[:=]?\s*)?(\^?[\d０-９]{1,3}(?:\s*(?:[,;，、；]|[-–—~]|and|und|et|&)\s*[\d０-９]{1,3})*)\s*(?:†[^\]】］\n]{0,60})?[\]】］](?!\()/gi;
/** A range wider than this is no citation: `[1-300]`. */
const MAX_RANGE = 20;

/** Every citation of an answer, in order. Code (between backticks) and Markdown links are left alone. */
export function parseCitations(answer: string): CitationMark[] {
  const code = codeSpans(answer);
  const marks: CitationMark[] = [];
  for (const match of answer.matchAll(MARK)) {
    const start = match.index;
    if (code.some((span) => start >= span.start && start < span.end)) continue;
    const markers = markersOf(match[1]!);
    if (markers.length > 0) marks.push({ markers, span: { start, end: start + match[0].length } });
  }
  return marks;
}

function markersOf(list: string): number[] {
  const ascii = list.normalize('NFKC').replace('^', '');
  const markers = new Set<number>();
  for (const part of ascii.split(/\s*(?:[,;、]|and|und|et|&)\s*/i)) {
    const [from, to] = part.split(/\s*[-–—~]\s*/).map(Number);
    if (from === undefined || Number.isNaN(from)) continue;
    const last = to === undefined || Number.isNaN(to) || to < from || to - from > MAX_RANGE ? from : to;
    for (let marker = from; marker <= last; marker++) markers.add(marker);
    if (to !== undefined && to - from > MAX_RANGE) markers.add(to);
  }
  return [...markers];
}

/** Code between backticks. */
export function codeSpans(text: string): Span[] {
  const spans: Span[] = [];
  for (const match of text.matchAll(/```[\s\S]*?(?:```|$)|`[^`\n]+`/g)) {
    spans.push({ start: match.index, end: match.index + match[0].length });
  }
  return spans;
}
