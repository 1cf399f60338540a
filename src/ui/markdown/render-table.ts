import type { Tokens } from 'marked';
import { type InlineOptions, renderInline } from './render-inline.ts';
import { lineOf, lineWidth, type StyledLine, styled } from './styled-text.ts';
import { wrapLine } from './wrap-line.ts';

/** Below this a column holds no words. */
const LEAST_COLUMN = 4;
const GAP = ' │ ';

type Cell = readonly StyledLine[];

/** A table that fits: wide columns are wrapped, and where not even that has room, each row is a list of its cells. */
export function renderTable(table: Tokens.Table, width: number, options: InlineOptions): StyledLine[] {
  const cellOf = (cell: Tokens.TableCell, isHead: boolean): Cell =>
    renderInline(cell.tokens, options, isHead ? { bold: true } : {});
  const head = table.header.map((cell) => cellOf(cell, true));
  const rows = table.rows.map((row) => row.map((cell) => cellOf(cell, false)));
  const available = width - GAP.length * (head.length - 1);
  if (available < LEAST_COLUMN * head.length) return renderAsLists(head, rows, width);
  const widths = columnWidths([head, ...rows], available);
  const draw = (row: readonly Cell[]): StyledLine[] => drawRow(row, widths, table.align);
  const rule = styled(widths.map((size) => '─'.repeat(size)).join('─┼─'), { dim: true });
  return [...draw(head), [rule], ...rows.flatMap(draw)];
}

const widest = (cell: Cell | undefined): number => Math.max(0, ...(cell ?? []).map(lineWidth));

/** As wide as their texts; where that is too much the widest are narrowed, as little as will do. */
function columnWidths(rows: readonly (readonly Cell[])[], available: number): number[] {
  const count = rows[0]!.length;
  const widths = Array.from({ length: count }, (_, column) => Math.max(1, ...rows.map((row) => widest(row[column]))));
  let excess = widths.reduce((sum, size) => sum + size, 0) - available;
  if (excess <= 0) return widths;
  // The level that all wider columns are cut to.
  const sorted = [...widths].sort((a, b) => b - a);
  let level = sorted[0]!;
  for (let wide = 1; wide <= count && excess > 0; wide++) {
    const next = sorted[wide] ?? LEAST_COLUMN;
    const step = Math.min(Math.ceil(excess / wide), level - next);
    level -= step;
    excess -= step * wide;
  }
  const cut = widths.map((size) => Math.min(size, Math.max(LEAST_COLUMN, level)));
  // Rounding left some columns over.
  let spare = available - cut.reduce((sum, size) => sum + size, 0);
  return cut.map((size, column) => {
    if (spare <= 0 || size >= widths[column]!) return size;
    spare--;
    return size + 1;
  });
}

function drawRow(row: readonly Cell[], widths: readonly number[], align: Tokens.Table['align']): StyledLine[] {
  const wrapped = widths.map((size, column) => (row[column] ?? []).flatMap((line) => wrapLine(line, size)));
  const height = Math.max(1, ...wrapped.map((lines) => lines.length));
  return Array.from({ length: height }, (_, at) =>
    widths.flatMap((size, column) => {
      const line = wrapped[column]![at] ?? [];
      const room = Math.max(0, size - lineWidth(line));
      const left = align[column] === 'right' ? room : align[column] === 'center' ? Math.floor(room / 2) : 0;
      const isLast = column === widths.length - 1;
      return [
        ...lineOf(' '.repeat(left)),
        ...line,
        ...(isLast ? [] : lineOf(' '.repeat(room - left))),
        ...(isLast ? [] : [styled(GAP, { dim: true })]),
      ];
    }),
  );
}

function renderAsLists(head: readonly Cell[], rows: readonly (readonly Cell[])[], width: number): StyledLine[] {
  return rows.flatMap((row, index) => [
    ...(index > 0 ? [[]] : []),
    ...row.flatMap((cell, column) => {
      const title = (head[column] ?? []).flat();
      const [first = [], ...rest] = cell;
      return [[...title, styled(': '), ...first], ...rest].flatMap((line) => wrapLine(line, width));
    }),
  ]);
}
