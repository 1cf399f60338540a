import { escapeBlock } from '../../present/text/escape-terminal.ts';
import { lineOf, plainText } from '../markdown/styled-text.ts';
import { wrapLine } from '../markdown/wrap-line.ts';

/** A line beyond this is left to the pager to wrap. */
const MAX_LINE = 20_000;

/**
 * A document's text for a pager: nothing that a terminal obeys, and lines broken between words. `line` is where the line
 * of that number (from 1) now begins. Ends with a line end.
 */
export function readableText(
  text: string,
  { line, columns }: { readonly line: number | null; readonly columns: number },
): { readonly text: string; readonly line: number | null } {
  const shown: string[] = [];
  let place = line;
  for (const [index, each] of escapeBlock(text.trimEnd()).split('\n').entries()) {
    if (index + 1 === line) place = shown.length + 1;
    if (each.length <= columns || each.length > MAX_LINE) shown.push(each);
    else shown.push(...wrapLine(lineOf(each), columns).map(plainText));
  }
  return { text: `${shown.join('\n')}\n`, line: place };
}
