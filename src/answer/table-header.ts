import type { Sentence } from './split-sentences.ts';

/** Rows above which a header is looked for. A longer table repeats its header, or is no table for people. */
const MAX_LINES_ABOVE = 5_000;

/**
 * The column names of the pipe table that the row at `rowStart` is in, from the first line of the table when a border
 * (`|---|`) follows it. Null for the header itself and for tables without one.
 */
export function tableHeaderAbove(text: string, rowStart: number): readonly string[] | null {
  let lineStart = text.lastIndexOf('\n', rowStart - 1) + 1;
  let below = '';
  for (let lines = 0; lineStart > 0 && lines < MAX_LINES_ABOVE; lines++) {
    const end = lineStart - 1;
    lineStart = text.lastIndexOf('\n', end - 1) + 1;
    const line = text.slice(lineStart, end);
    if (!line.includes('|')) return null;
    if (isBorder(below)) return cellsOf(line);
    below = line;
  }
  return null;
}

/** Whether a unit of the text is the line that names the columns of a pipe table. */
export function isTableHeader(text: string, { kind, span }: Sentence): boolean {
  if (kind !== 'table-row' || text[span.end] !== '\n') return false;
  const end = text.indexOf('\n', span.end + 1);
  return isBorder(text.slice(span.end + 1, end < 0 ? text.length : end));
}

const isBorder = (line: string): boolean => line.includes('--') && /^[\s|:+-]+$/.test(line);

/** Cells of a pipe row, with escaped pipes unescaped. */
export const cellsOf = (row: string): string[] =>
  row
    .trim()
    .replace(/^\||(?<!\\)\|$/g, '')
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim().replaceAll('\\|', '|'));
