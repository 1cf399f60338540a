import type { Paragraph } from './paragraphs.ts';
import { median } from './reading-order.ts';

// A title is set clearly larger than the text under it.
const leastRatio = 1.25;
const longestTitle = 200;

/** The title as the first page shows it: its largest paragraph, where that stands out and reads like one; else null. */
export function titleLine(firstPage: readonly Paragraph[]): string | null {
  const body = median(
    firstPage.flatMap(({ text, size }) => new Array<number>(Math.min(100, 1 + (text.length >> 6))).fill(size)),
  );
  const largest = firstPage.reduce((most, { size }) => Math.max(most, size), 0);
  if (!(largest >= leastRatio * body)) return null;
  const title = firstPage.find(({ size, text }) => size > 0.95 * largest && /\p{L}{3}/u.test(text));
  const text = title?.text.replace(/\s+/g, ' ').trim() ?? '';
  return text.length >= 4 && text.length <= longestTitle ? text : null;
}
