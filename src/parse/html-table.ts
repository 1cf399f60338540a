/** More cells than this are a data dump; the rows are still kept, without padding to a common width. */
const MAX_COLUMNS = 200;

/**
 * The lines of a pipe table, the header's with its delimiter line, when a `<table>` holds data: two columns and two rows
 * at least, most cells short, no table and no heading inside. Null for a layout table, whose content is to flow.
 */
export function dataTable(table: Element): string[] | null {
  if (table.querySelector('table, h1, h2, h3, pre, ul ul')) return null;
  const rows: string[][] = [];
  const role = table.getAttribute('role');
  if (role === 'presentation' || role === 'none') return null;
  let long = 0;
  for (const row of Array.from(table.querySelectorAll('tr'))) {
    const cells: string[] = [];
    for (const cell of Array.from(row.children)) {
      const name = cell.tagName.toUpperCase();
      if (name !== 'TD' && name !== 'TH') continue;
      const text = cellText(cell);
      if (text.length > 400) long++;
      cells.push(text.replaceAll('|', '\\|'));
      const span = Math.min(Number(cell.getAttribute('colspan')) || 1, MAX_COLUMNS - cells.length);
      for (let extra = 1; extra < span; extra++) cells.push('');
    }
    if (cells.some((text) => text !== '')) rows.push(cells.slice(0, MAX_COLUMNS));
  }
  const width = Math.max(0, ...rows.map((cells) => cells.length));
  if (rows.length < 2 || width < 2 || long > rows.length / 2) return null;
  const caption = table.querySelector('caption')?.textContent?.replace(/\s+/g, ' ').trim();
  const lines = rows.map((cells) => `| ${cells.join(' | ')} |`);
  const first = `${lines[0]}\n|${' --- |'.repeat(rows[0]!.length)}`;
  return [caption ? `${caption}\n${first}` : first, ...lines.slice(1)];
}

/** Words of the cell on one line; blocks and line breaks become spaces. */
function cellText(cell: Element): string {
  let text = '';
  const visit = (node: Element): void => {
    for (let child = node.firstChild; child; child = child.nextSibling) {
      if (child.nodeType === 3) text += child.nodeValue ?? '';
      else if (child.nodeType === 1) {
        const name = (child as Element).tagName.toUpperCase();
        if (/^(?:SCRIPT|STYLE|NOSCRIPT|TEMPLATE|SVG|BUTTON|SELECT)$/.test(name)) continue;
        const block = /^(?:BR|P|DIV|LI|UL|OL|DT|DD)$/.test(name);
        if (block) text += ' ';
        visit(child as Element);
        if (block) text += ' ';
      }
    }
  };
  visit(cell);
  return text.replace(/[\s\u00a0]+/g, ' ').trim();
}
