import type { Span } from '../domain/span.ts';
import type { CsvRow } from './csv-rows.ts';
import { csvRows, sniffDelimiter } from './csv-rows.ts';
import { readText } from './decode.ts';
import { isBlank } from './paragraph-blocks.ts';
import { parsedDocument } from './parsed-document.ts';
import type { Block, Parser } from './types.ts';

/** Column names may make the text this much longer than the file; past it, the file's own rows are kept. */
const MAX_GROWTH = 4;
/** A block per row up to here; from here on short rows share one, since a million objects cost hundreds of megabytes. */
const MAX_ROW_BLOCKS = 50_000;
const SHARED_BLOCK_LENGTH = 500;

/**
 * Delimiter-separated tables. Each row becomes `Column: value; Column: value`, so that a row that is found or quoted on
 * its own says what its cells mean, to the full-text index, the embedding and the reader alike. The first line stays
 * the header, and rows keep the lines that they have in the file. A table without a header, or whose column names
 * would outgrow the data, keeps the file's own text.
 */
export const csvParser: Parser = {
  type: 'csv',
  mediaTypes: ['text/csv', 'text/tab-separated-values', 'application/csv'],
  extensions: ['csv', 'tsv', 'tab', 'psv'],
  async parse({ bytes, charset }) {
    const decoded = readText(bytes, { charset });
    const delimiter = sniffDelimiter(decoded.text);
    const names = headerOf(decoded.text, delimiter);
    const table =
      (names && namedRows(decoded.text, delimiter, names)) ?? ownRows(decoded.text, delimiter, names !== null);
    return parsedDocument({
      text: table.text,
      type: 'csv',
      mediaType: delimiter === '\t' ? 'text/tab-separated-values' : 'text/csv',
      firstLine: 1,
      metadata: names ? { columns: names.slice(0, 200), rows: table.rows - 1 } : { rows: table.rows },
      blocks: table.blocks,
      warnings: decoded.warnings,
    });
  },
};

type Table = { readonly text: string; readonly blocks: readonly Block[]; readonly rows: number };

const isEmpty = (row: CsvRow): boolean => row.cells.every((cell) => cell === '');

/**
 * The names of the columns, if the first row can be a header: words in every cell but one in five, none of them a
 * number or a paragraph, and at least one row below.
 */
function headerOf(text: string, delimiter: string): readonly string[] | null {
  const rows = csvRows(text, delimiter);
  const first = rows.next().value;
  if (!first || first.lineCount > 3 || first.cells.length < 2) return null;
  const filled = first.cells.filter((cell: string) => cell !== '');
  if (filled.length === 0 || filled.length < first.cells.length * 0.8) return null;
  if (filled.some((cell: string) => cell.length > 120 || /^[-+]?[\d.,\s]+%?$/.test(cell))) return null;
  for (const row of rows) if (!isEmpty(row)) return first.cells.map((cell: string) => cell.replace(/\s+/g, ' '));
  return null;
}

/** Null when the text would grow too much. */
function namedRows(text: string, delimiter: string, names: readonly string[]): Table | null {
  const maxLength = text.length * MAX_GROWTH + 10_000;
  const blocks = rowBlocks(true);
  const pieces: string[] = [];
  let piece = '';
  let length = 0;
  let rows = 0;
  for (const row of csvRows(text, delimiter)) {
    const line = rows === 0 ? names.join(', ') : namedRow(row, names);
    if (line !== '') blocks.add({ start: length, end: length + line.length });
    // As many line ends as the row has in the file, so that line numbers stay true.
    const written = row.lineCount === 1 ? 1 : Math.max(row.lineCount - line.split('\n').length + 1, 1);
    piece += line + '\n'.repeat(written);
    length += line.length + written;
    rows++;
    if (length > maxLength) return null;
    if (piece.length >= 65_536) {
      pieces.push(piece);
      piece = '';
    }
  }
  pieces.push(piece);
  return { text: pieces.join(''), blocks: blocks.all, rows };
}

function namedRow(row: CsvRow, names: readonly string[]): string {
  let line = '';
  for (let column = 0; column < row.cells.length; column++) {
    const cell = row.cells[column]!;
    if (cell === '') continue;
    if (line !== '') line += '; ';
    const name = names[column];
    line += name ? `${name}: ${cell}` : cell;
  }
  return line;
}

function ownRows(text: string, delimiter: string, hasHeader: boolean): Table {
  const blocks = rowBlocks(hasHeader);
  let start = 0;
  let rows = 0;
  for (const row of csvRows(text, delimiter)) {
    let end = start - 1;
    for (let line = 0; line < row.lineCount; line++) {
      const newline = text.indexOf('\n', end + 1);
      end = newline < 0 ? text.length : newline;
    }
    if (!isBlank(text, start, end)) blocks.add({ start, end });
    start = end + 1;
    rows++;
  }
  return { text, blocks: blocks.all, rows };
}

/** Collects the blocks of rows, each with the span of the first one as its header if that is one. */
function rowBlocks(hasHeader: boolean): { readonly all: Block[]; add(span: Span): void } {
  const all: Block[] = [];
  return {
    all,
    add(span) {
      const header = hasHeader ? all[0]?.span : undefined;
      const last = all.at(-1);
      if (last && all.length > MAX_ROW_BLOCKS && span.end - last.span.start <= SHARED_BLOCK_LENGTH) {
        all[all.length - 1] = { ...last, span: { start: last.span.start, end: span.end } };
      } else all.push(header ? { kind: 'table-row', span, header } : { kind: 'table-row', span });
    },
  };
}
