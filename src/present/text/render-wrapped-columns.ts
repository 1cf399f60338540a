import { type Column, renderColumns } from './columns.ts';
import { displayWidth } from './display-width.ts';
import type { Page } from './style.ts';

const GAP = 2;

/**
 * A table whose columns go on below it when the page is too narrow: each part begins with the columns that say what a
 * line is about, and columns of one group stay together where they fit. Rows hold the cells of all columns in order,
 * escaped.
 */
export function renderWrappedColumns(
  lead: readonly Column[],
  groups: readonly (readonly Column[])[],
  rows: readonly (readonly string[])[],
  page: Pick<Page, 'width' | 'style'>,
): string {
  const columns = [...lead, ...groups.flat()];
  const widths = columns.map(
    ({ title }, i) => GAP + Math.max(displayWidth(title), ...rows.map((row) => displayWidth(row[i] ?? ''))),
  );
  const widthOf = (first: number, count: number): number =>
    widths.slice(first, first + count).reduce((sum, width) => sum + width, 0);
  const room = page.width + GAP - widthOf(0, lead.length);
  const parts: number[][] = [];
  let left = 0;
  let next = lead.length;
  for (const group of groups) {
    const needed = widthOf(next, group.length);
    for (let i = next; i < next + group.length; i++) {
      const wanted = i === next ? Math.min(needed, room) : (widths[i] as number);
      if (parts.length === 0 || wanted > left) {
        parts.push([]);
        left = room;
      }
      parts.at(-1)?.push(i);
      left -= widths[i] as number;
    }
    next += group.length;
  }
  return parts
    .map((part) => {
      const shown = [...lead.keys(), ...part];
      return renderColumns(
        shown.map((i) => columns[i] as Column),
        rows.map((row) => shown.map((i) => row[i] ?? '')),
        { width: 0, paintTitle: page.style.dim },
      );
    })
    .join('\n');
}
