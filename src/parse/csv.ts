import type { CsvRow } from './csv-rows.ts';
import { csvRows, sniffDelimiter } from './csv-rows.ts';
import { readText } from './decode.ts';
import { parsedDocument } from './parsed-document.ts';
import type { Block, Parser } from './types.ts';

/** Column names may make the text this much longer than the file; past it, the file's own rows are kept. */
const MAX_GROWTH = 4;

/**
 * Delimiter-separated tables. Each row becomes `Column: value; Column: value`, so that a row that is found or quoted on
 * its own says what its cells mean, to the full-text index, the embedding and the reader alike. The first line stays
 * the header as it is, and rows keep the lines that they have in the file. A table without a header, or whose column
 * names would outgrow the data, keeps the file's own text.
 */
export const csvParser: Parser = {
  type: 'csv',
  mediaTypes: ['text/csv', 'text/tab-separated-values', 'application/csv'],
  extensions: ['csv', 'tsv', 'tab', 'psv'],
  async parse({ bytes, charset }) {
    const decoded = readText(bytes, { charset });
    const delimiter = sniffDelimiter(decoded.text);
    const rows = csvRows(decoded.text, delimiter);
    const names = headerOf(rows);
    const rendered = names ? renderRows(rows, names, decoded.text.length * MAX_GROWTH + 10_000) : null;
    const { text, blocks } = rendered ?? ownRows(decoded.text, rows, names !== null);
    return parsedDocument({
      text,
      type: 'csv',
      mediaType: delimiter === '\t' ? 'text/tab-separated-values' : 'text/csv',
      firstLine: 1,
      metadata: names ? { columns: names.slice(0, 200), rows: rows.length - 1 } : { rows: rows.length },
      blocks,
      warnings: decoded.warnings,
    });
  },
};

const isEmpty = (row: CsvRow): boolean => row.cells.every((cell) => cell === '');

/**
 * The names of the columns, if the first row can be a header: words in every cell but one in five, none of them a
 * number or a paragraph, and at least one row below.
 */
function headerOf(rows: readonly CsvRow[]): readonly string[] | null {
  const first = rows.find((row) => !isEmpty(row));
  if (!first || first !== rows[0] || first.lineCount > 3 || first.cells.length < 2) return null;
  if (!rows.some((row, index) => index > 0 && !isEmpty(row))) return null;
  const filled = first.cells.filter((cell) => cell !== '');
  if (filled.length < first.cells.length * 0.8) return null;
  if (filled.some((cell) => cell.length > 120 || /^[-+]?[\d.,\s]+%?$/.test(cell))) return null;
  return first.cells.map((cell) => cell.replace(/\s+/g, ' '));
}

function renderRows(
  rows: readonly CsvRow[],
  names: readonly string[],
  maxLength: number,
): { text: string; blocks: Block[] } | null {
  const parts: string[] = [];
  const blocks: Block[] = [];
  const header = names.join(', ');
  let length = 0;
  const add = (line: string, lineCount: number, block: boolean): void => {
    if (block) {
      const span = { start: length, end: length + line.length };
      blocks.push(
        blocks.length > 0 ? { kind: 'table-row', span, header: blocks[0]!.span } : { kind: 'table-row', span },
      );
    }
    const missing = Math.max(lineCount - line.split('\n').length, 0);
    const written = `${line}${'\n'.repeat(missing + 1)}`;
    parts.push(written);
    length += written.length;
  };
  add(header, rows[0]!.lineCount, true);
  for (const row of rows.slice(1)) {
    const line = row.cells
      .map((cell, column) => (cell === '' ? '' : names[column] ? `${names[column]}: ${cell}` : cell))
      .filter((cell) => cell !== '')
      .join('; ');
    add(line, row.lineCount, line !== '');
    if (length > maxLength) return null;
  }
  return { text: parts.join(''), blocks };
}

function ownRows(text: string, rows: readonly CsvRow[], hasHeader: boolean): { text: string; blocks: Block[] } {
  const blocks: Block[] = [];
  let start = 0;
  for (const row of rows) {
    let end = start;
    for (let line = 0; line < row.lineCount; line++) {
      const newline = text.indexOf('\n', line === 0 ? start : end + 1);
      end = newline < 0 ? text.length : newline;
    }
    const span = { start, end: Math.min(end, text.length) };
    if (span.end > span.start && text.slice(span.start, span.end).trim() !== '') {
      const header = hasHeader && blocks.length > 0 ? blocks[0]!.span : undefined;
      blocks.push(header ? { kind: 'table-row', span, header } : { kind: 'table-row', span });
    }
    start = end + 1;
  }
  return { text, blocks };
}
