import type { Span } from '../../domain/span.ts';

const segmenter = new Intl.Segmenter(undefined, { granularity: 'grapheme' });
const SINGLE_UNITS = /^[\n -~]*$/;
/** No grapheme that people write is longer; a bound for text that is made to be slow. */
const LONGEST = 64;

/** Where the character, as people see it, begins that ends at `offset` or holds it. 0 at the start. */
export function graphemeBefore(text: string, offset: number): number {
  if (offset <= 0) return 0;
  const from = Math.max(0, offset - LONGEST);
  const near = text.slice(from, offset);
  if (SINGLE_UNITS.test(near)) return offset - 1;
  let last = from;
  for (const { index } of segmenter.segment(near)) last = from + index;
  return last;
}

/** Where the character ends that begins at `offset`. The text's length at its end. */
export function graphemeAfter(text: string, offset: number): number {
  if (offset >= text.length) return text.length;
  const near = text.slice(offset, offset + LONGEST);
  if (SINGLE_UNITS.test(near)) return offset + 1;
  for (const { segment } of segmenter.segment(near)) return offset + segment.length;
  return text.length;
}

/** The characters of a text, as people see them. */
export const graphemesOf = (text: string): string[] =>
  SINGLE_UNITS.test(text) ? text.split('') : Array.from(segmenter.segment(text), ({ segment }) => segment);

/** The line that `offset` stands in, without its end. */
export function lineAround(text: string, offset: number): Span {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const end = text.indexOf('\n', offset);
  return { start: offset === 0 ? 0 : start, end: end === -1 ? text.length : end };
}
