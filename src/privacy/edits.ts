import type { Span } from '../domain/span.ts';

/** What stands in place of a span. */
export type TextEdit = { readonly span: Span; readonly replacement: string };

/**
 * The text with all edits made, and where positions of the old text are in it. Edits are in order and disjoint. What is
 * replaced keeps its line breaks, so that every line keeps its number.
 */
export function editText(
  text: string,
  edits: readonly TextEdit[],
): { text: string; moved: (position: number) => number } {
  if (edits.length === 0) return { text, moved: (position) => position };
  const parts: string[] = [];
  const ends: number[] = [];
  let position = 0;
  let length = 0;
  for (const { span, replacement } of edits) {
    if (span.start < position || span.end < span.start || span.end > text.length)
      throw new RangeError(`The edit ${span.start}-${span.end} is out of order.`);
    const kept = text.slice(position, span.start);
    const written = replacement + text.slice(span.start, span.end).replace(/[^\n]/g, '');
    parts.push(kept, written);
    length += kept.length + written.length;
    ends.push(length);
    position = span.end;
  }
  parts.push(text.slice(position));
  return { text: parts.join(''), moved: (at) => movedPosition(at, edits, ends) };
}

/** A place within what was replaced is after it. */
function movedPosition(at: number, edits: readonly TextEdit[], ends: readonly number[]): number {
  let low = 0;
  let high = edits.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((edits[middle] as TextEdit).span.start < at) low = middle + 1;
    else high = middle;
  }
  // `low` edits begin before the position.
  if (low === 0) return at;
  const { span } = edits[low - 1] as TextEdit;
  return (ends[low - 1] as number) + Math.max(0, at - span.end);
}
