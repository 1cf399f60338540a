import type { Block, ParsedDocument } from '../parse/types.ts';
import { tokenCost } from './estimate-tokens.ts';
import type { Heading, Outline } from './outline.ts';
import { isSafeBoundary, isWhiteSpace, trimSpan } from './text-boundaries.ts';

/** A run of text that is kept whole if it fits. Together the units hold every character that is not white space. */
export type Unit = {
  readonly start: number;
  readonly end: number;
  readonly kind: Block['kind'];
  readonly heading: Heading;
  readonly page: number | null;
  /** See `tokenCost`. */
  readonly cost: number;
};

/**
 * The blocks of a document as units. Text that no block covers is taken by its blank lines; a unit never runs over the
 * start of a section; blocks that overlap or reach outside the text are clipped.
 */
export function structuralUnits(document: Pick<ParsedDocument, 'text' | 'blocks' | 'type'>, outline: Outline): Unit[] {
  const { text, blocks } = document;
  const units: Unit[] = [];
  const sections = createSectionCursor(outline);
  let unitStart = 0;

  const endUnit = (end: number, kind: Block['kind']): void => {
    if (end <= unitStart || !isSafeBoundary(text, end)) return;
    const span = trimSpan(text, unitStart, end);
    unitStart = end;
    if (span === null) return;
    const { start, end: spanEnd } = span;
    const { heading, page } = sections.at(start);
    units.push({ start, end: spanEnd, kind, heading, page, cost: tokenCost(text, start, spanEnd) });
  };
  const endSegment = (end: number, kind: Block['kind']): void => {
    for (let cut = sections.nextAfter(unitStart); cut < end; cut = sections.nextAfter(cut)) endUnit(cut, kind);
    endUnit(end, kind);
  };

  const gapKind = document.type === 'code' ? 'code' : 'paragraph';
  const endGap = (end: number): void => {
    let from = unitStart;
    for (let blank = blankLineAfter(text, from, end); blank < end; blank = blankLineAfter(text, blank, end)) {
      if (blank - from < SHORT_PARAGRAPH_LENGTH) continue;
      endSegment(blank, gapKind);
      from = blank;
    }
    endSegment(end, gapKind);
  };

  let covered = 0;
  for (const { span, kind } of blocks) {
    const start = Math.max(span.start, covered);
    const end = Math.min(span.end, text.length);
    if (!(start < end)) continue;
    endGap(start);
    endSegment(end, kind);
    covered = end;
  }
  endGap(text.length);
  return units;
}

/** A shorter paragraph outside any block is most likely a title or a caption: it goes with what follows. */
const SHORT_PARAGRAPH_LENGTH = 80;

/** Where the first blank line after `from` ends, at most `end`. */
function blankLineAfter(text: string, from: number, end: number): number {
  let position = from;
  while (position < end) {
    const lineEnd = text.indexOf('\n', position);
    if (lineEnd < 0 || lineEnd >= end) return end;
    let next = lineEnd + 1;
    let blank = false;
    for (; next < end && isWhiteSpace(text.charCodeAt(next)); next++) blank ||= text.charCodeAt(next) === 10;
    if (blank) return next;
    position = next;
  }
  return end;
}

/** Answers for positions that only grow. */
function createSectionCursor({ headings, pages }: Outline) {
  const starts = [...headings, ...pages].map(({ start }) => start).sort((left, right) => left - right);
  let headingIndex = 0;
  let pageIndex = -1;
  let startIndex = 0;
  return {
    at(position: number): { heading: Heading; page: number | null } {
      while (headingIndex + 1 < headings.length && headings[headingIndex + 1]!.start <= position) headingIndex++;
      while (pageIndex + 1 < pages.length && pages[pageIndex + 1]!.start <= position) pageIndex++;
      return { heading: headings[headingIndex]!, page: pages[pageIndex]?.page ?? null };
    },
    /** The first start of a section after a position, or infinity. */
    nextAfter(position: number): number {
      while (startIndex < starts.length && starts[startIndex]! <= position) startIndex++;
      return starts[startIndex] ?? Number.POSITIVE_INFINITY;
    },
  };
}
