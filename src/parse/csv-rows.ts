export type CsvRow = {
  readonly cells: readonly string[];
  /** 0-based line of the text on which the row begins, and how many lines it takes. */
  readonly line: number;
  readonly lineCount: number;
};

/** A quoted cell over more lines than this has lost its closing quote somewhere. */
const MAX_CELL_LINES = 200;

/**
 * Rows of delimiter-separated text (RFC 4180, and what people make of it): doubled quotes, line breaks in quotes,
 * rows of any length. A quote that is not closed within 200 lines, or at all, is taken for a plain character, so that
 * the rest of the file stays rows. One pass, plus at most 200 lines again for each stray quote. Never throws.
 */
export function* csvRows(text: string, delimiter: string): Generator<CsvRow> {
  const separator = delimiter.charCodeAt(0);
  let cells: string[] = [];
  let line = 0;
  let rowLine = 0;
  let at = 0;
  // What looking for closing quotes in vain may cost; past it every quote is a plain character.
  let budget = text.length * 2 + 100_000;
  while (at <= text.length) {
    const cell = text.charCodeAt(at) === 34 && budget > 0 ? quotedCell(text, at, delimiter) : null;
    const quoted = cell?.closed ? cell : null;
    if (cell && !cell.closed) budget -= cell.end - at;
    let end: number;
    if (quoted) {
      cells.push(quoted.value);
      end = quoted.end;
      line += quoted.lines;
    } else {
      end = at;
      while (end < text.length) {
        const code = text.charCodeAt(end);
        if (code === separator || code === 10) break;
        end++;
      }
      cells.push(text.slice(at, end).trim());
    }
    at = end + 1;
    if (end >= text.length || text.charCodeAt(end) === 10) {
      line++;
      yield { cells, line: rowLine, lineCount: line - rowLine };
      cells = [];
      rowLine = line;
      if (at >= text.length) return;
    }
  }
}

function quotedCell(
  text: string,
  start: number,
  delimiter: string,
): { closed: true; value: string; end: number; lines: number } | { closed: false; end: number } {
  let lines = 0;
  for (let at = start + 1; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 10) {
      lines++;
      if (lines > MAX_CELL_LINES) return { closed: false, end: at };
    } else if (code === 34) {
      if (text.charCodeAt(at + 1) === 34) {
        at++;
        continue;
      }
      let end = at + 1;
      while (text[end] === ' ') end++;
      const next = text[end];
      if (next === undefined || next === '\n' || next === delimiter) {
        return {
          closed: true,
          value: text
            .slice(start + 1, at)
            .replaceAll('""', '"')
            .trim(),
          end,
          lines,
        };
      }
      // A quote amid the cell: it was no quoted cell to begin with.
      return { closed: false, end: at };
    }
  }
  return { closed: false, end: text.length };
}

/** The delimiter that gives the most even rows in the first lines; a comma when none does. */
export function sniffDelimiter(text: string): string {
  const sample = text.slice(0, 20_000);
  const explicit = /^sep=(.)\n/i.exec(sample);
  if (explicit) return explicit[1]!;
  let best = { delimiter: ',', score: 0 };
  for (const delimiter of [',', ';', '\t', '|']) {
    const rows = [...csvRows(sample, delimiter)]
      .filter(({ cells }) => cells.length > 1 || cells[0] !== '')
      .slice(0, 50);
    // The sample may end amid a row.
    if (rows.length > 2 && sample.length < text.length) rows.pop();
    const widths = rows.map(({ cells }) => cells.length);
    const width = widths[0] ?? 1;
    if (width < 2) continue;
    const even = widths.filter((count) => count === width).length / widths.length;
    const score = even * 2 + Math.min(width, 10) / 20;
    if (score > best.score) best = { delimiter, score };
  }
  return best.delimiter;
}
