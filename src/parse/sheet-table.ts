import type { StructuredText } from './structured-text.ts';

export type SheetCells = {
  readonly row: number;
  readonly cells: readonly { readonly column: number; readonly value: string }[];
};

// Past this, a table of mostly empty cells would be bars and no text.
const widestSparseTable = 20;
const sparseShare = 0.25;

/**
 * Write rows of a sheet as tables. An empty row ends a table; a single cell before the first row of a table is its
 * caption. Only columns that hold something take part. Sheets that are wide and nearly empty lose their empty cells.
 */
export function addSheetTables(text: StructuredText, rows: readonly SheetCells[]): void {
  for (const table of splitTables(rows)) {
    const columns = [...new Set(table.flatMap(({ cells }) => cells.map(({ column }) => column)))].sort((a, b) => a - b);
    const place = new Map(columns.map((column, index) => [column, index]));
    const filled = table.reduce((sum, { cells }) => sum + cells.length, 0);
    const sparse = columns.length > widestSparseTable && filled < sparseShare * columns.length * table.length;
    let begun = false;
    for (const { cells } of table) {
      if (columns.length === 1 || (cells.length === 1 && !begun)) {
        for (const { value } of cells) text.paragraph(value);
        continue;
      }
      if (sparse) text.paragraph(cells.map(({ value }) => value).join('; '));
      else {
        const shown = new Array<string>(columns.length).fill('');
        for (const { column, value } of cells) shown[place.get(column)!] = value;
        text.tableRow(shown, !begun);
      }
      begun = true;
    }
  }
}

function splitTables(rows: readonly SheetCells[]): SheetCells[][] {
  const tables: SheetCells[][] = [];
  let previous = Number.NaN;
  for (const row of rows) {
    const last = tables.at(-1);
    if (last && row.row - previous <= 1) last.push(row);
    else tables.push([row]);
    previous = row.row;
  }
  return tables;
}
