import { cutStartToWidth, displayWidth } from './display-width.ts';

export type Column = {
  readonly title: string;
  readonly align?: 'left' | 'right';
  /** This column gives way, from its start, when the table is wider than the page. */
  readonly shrinks?: boolean;
};

/**
 * An aligned table with a title line. Cells must be escaped already; `paintTitle` sets off the titles.
 * `width` 0 leaves every cell whole, as a program that reads the output needs it.
 */
export function renderColumns(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  options: { readonly width: number; readonly paintTitle: (text: string) => string },
): string {
  const widths = columns.map((column, index) =>
    Math.max(displayWidth(column.title), ...rows.map((row) => displayWidth(row[index] ?? ''))),
  );
  const total = widths.reduce((sum, width) => sum + width, 0) + 2 * (columns.length - 1);
  const shrinking = columns.findIndex((column) => column.shrinks);
  if (options.width > 0 && total > options.width && shrinking !== -1) {
    // Under ten columns a path says nothing; then the line may be too long.
    widths[shrinking] = Math.max(10, widths[shrinking]! - (total - options.width));
  }
  const line = (cells: readonly string[]): string =>
    columns
      .map((column, index) => {
        const cell = cutStartToWidth(cells[index] ?? '', widths[index]!);
        const padding = ' '.repeat(widths[index]! - displayWidth(cell));
        return column.align === 'right' ? padding + cell : cell + padding;
      })
      .join('  ')
      .trimEnd();
  const title = options.paintTitle(line(columns.map((column) => column.title)));
  return [title, ...rows.map(line)].map((text) => `${text}\n`).join('');
}
