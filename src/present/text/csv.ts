type Cell = string | number | null;

/** Comma-separated values with a header row. Source: RFC 4180; lines end in "\n", as other shell tools have it. */
export const renderCsv = (header: readonly string[], rows: readonly (readonly Cell[])[]): string =>
  [header, ...rows].map((row) => `${row.map(cellText).join(',')}\n`).join('');

function cellText(cell: Cell): string {
  if (cell === null) return '';
  const text = String(cell);
  return /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
