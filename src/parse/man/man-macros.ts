import type { PageWriter } from './page-writer.ts';
import type { RoffLine } from './roff-lines.ts';

/** What a page says of itself. */
export type PageFacts = { name: string | null; section: string | null; date: string | null; source: string | null };

/** Renders the macros of man(7), with those that pod2man and groff add to them. */
export function renderMan(lines: Iterable<RoffLine>, page: PageWriter, facts: PageFacts): void {
  let awaiting: 'tag' | 'also-tag' | 'SH' | 'SS' | null = null;
  let table: TableState | null = null;
  let link: string | null = null;

  const take = (text: string, goesOn = false): void => {
    if (awaiting === null) page.words(text, goesOn);
    else if (awaiting === 'tag') page.tag(text);
    else if (awaiting === 'also-tag') page.alsoTag(text);
    else page.heading(awaiting === 'SH' ? 1 : 2, text);
    awaiting = null;
  };

  for (const line of lines) {
    if (table) {
      table = addTableLine(page, line, table);
      continue;
    }
    if (line.kind === 'text') {
      if (line.text.trim() === '' && !page.inCode) page.end();
      else {
        // A space at the start begins a line.
        if (/^[ \t]/.test(line.text)) page.lineBreak();
        take(line.text, line.goesOn);
      }
      continue;
    }
    const { name, args } = line;
    const joined = args.join(' ');
    switch (name) {
      case 'TH':
        [facts.name, facts.section, facts.date, facts.source] = [0, 1, 2, 3].map((index) => args[index] || null) as [
          string | null,
          string | null,
          string | null,
          string | null,
        ];
        break;
      case 'SH':
      case 'SS':
        if (joined === '') awaiting = name;
        else page.heading(name === 'SH' ? 1 : 2, joined);
        break;
      case 'PP':
      case 'P':
      case 'LP':
      case 'HP':
      case 'Sp':
      case 'sp':
        page.end();
        break;
      case 'TP':
        page.end();
        awaiting = 'tag';
        break;
      case 'TQ':
        awaiting = 'also-tag';
        break;
      case 'IP':
        if (args.length === 0 || args[0] === '') page.tag('');
        else page.tag(args[0]!);
        break;
      case 'RS':
        page.indent(1);
        break;
      case 'RE':
        page.indent(-1);
        break;
      case 'br':
        page.lineBreak();
        break;
      case 'nf':
      case 'EX':
      case 'Vb':
      case 'EQ':
        page.startCode();
        break;
      case 'fi':
      case 'EE':
      case 'Ve':
      case 'EN':
        page.endCode();
        break;
      case 'TS':
        table = { state: 'format', separator: '\t', first: true, cell: null, cells: [] };
        break;
      case 'UR':
      case 'MT':
        link = args[0] ?? null;
        break;
      case 'UE':
      case 'ME':
        if (link) take(`(${link})${args[0] ?? ''}`);
        link = null;
        break;
      case 'SY':
        page.end();
        take(joined);
        break;
      case 'OP':
        take(`[${joined}]`);
        break;
      case 'YS':
        page.end();
        break;
      case 'so':
        page.end();
        take(`See ${joined}.`);
        break;
      case 'BR':
      case 'RB':
      case 'BI':
      case 'IB':
      case 'IR':
      case 'RI':
        if (args.length > 0) take(args.join(''));
        break;
      case 'B':
      case 'I':
      case 'SM':
      case 'SB':
      case 'R':
        if (args.length > 0) take(joined);
        break;
    }
  }
  if (page.inCode) page.endCode();
  page.end();
}

type TableState = {
  readonly state: 'format' | 'rows';
  readonly separator: string;
  readonly first: boolean;
  /** Lines of a cell between `T{` and `T}`. */
  readonly cell: string | null;
  readonly cells: readonly string[];
};

/** Rows of tbl(1): options and formats up to a line that ends with a full stop, then cells between tabs. */
function addTableLine(page: PageWriter, line: RoffLine, table: TableState): TableState | null {
  if (line.kind === 'macro') {
    if (line.name === 'TE') return null;
    if (line.name === 'T&') return { ...table, state: 'format' };
    const words = /^(?:B|I|SM|SB|R)$/.test(line.name) ? line.args.join(' ') : line.args.join('');
    return table.cell !== null && /^[BIRS]/.test(line.name)
      ? { ...table, cell: `${table.cell} ${words}`.slice(0, 20_000) }
      : table;
  }
  const { text } = line;
  if (table.state === 'format') {
    const separator = /tab\s*\((.)\)/.exec(text)?.[1] ?? table.separator;
    return { ...table, separator, state: /\.\s*$/.test(text) ? 'rows' : 'format' };
  }
  let { cell, cells } = table;
  let rest = text;
  if (cell !== null) {
    if (!rest.startsWith('T}')) return { ...table, cell: `${cell} ${rest}`.slice(0, 20_000) };
    cells = [...cells, cell.trim()];
    cell = null;
    rest = rest.slice(2);
    if (rest.startsWith(table.separator)) rest = rest.slice(table.separator.length);
    else return endRow(page, { ...table, cell, cells });
  }
  if (/^[_=\s]*$/.test(rest) && cells.length === 0) return table;
  const parts = rest.split(table.separator);
  const opens = parts.at(-1) === 'T{';
  cells = [...cells, ...(opens ? parts.slice(0, -1) : parts)].slice(0, 200);
  return opens ? { ...table, cell: '', cells } : endRow(page, { ...table, cell, cells });
}

function endRow(page: PageWriter, table: TableState): TableState {
  page.row(
    table.cells.map((cell) => (/^\\?[_=^]$/.test(cell.trim()) ? '' : cell)),
    table.first,
  );
  return { ...table, cells: [], first: false };
}
