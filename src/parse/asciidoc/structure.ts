import type { Span } from '../../domain/span.ts';
import { type LineBlocks, lineBlocks } from '../line-blocks.ts';
import type { HeadingStart } from '../markdown-structure.ts';
import { type TextLine, textLines } from '../text-lines.ts';
import type { Block } from '../types.ts';

export type AsciidocStructure = { readonly headings: readonly HeadingStart[]; readonly blocks: readonly Block[] };

/** Marks and titles stand at the start of a line; what comes later in a long one is text. */
const LOOKED_AT = 400;

const VERBATIM = /^(?:-{4,}|\.{4,}|\+{4,}|\/{4,}|`{3,})$/;
const CONTAINER = /^(?:={4,}|\*{4,}|_{4,}|--)$/;
const TABLE = /^[|,:!]={3,}$/;
const LIST_ITEM = /^[ \t]*(?:\*{1,6}|-|\.{1,6}|\d{1,9}\.|[a-zA-Z]\.|<(?:\d+|\.)>)[ \t]+\S/;
const DEFINITION = /^[ \t]*\S.{0,200}?(?::{2,4}|;;)(?:[ \t]|$)/;
const HEADING = /^(={1,6}|#{1,6})[ \t]+(\S.*)$/;
const UNDERLINES = '=-~^+';

/**
 * Headings and blocks of AsciiDoc, one pass over its lines. A delimited block that is never closed is text.
 * Source: AsciiDoc Language Documentation, "Document Structure" and "Blocks".
 */
export function asciidocStructure(text: string): AsciidocStructure {
  const lines = textLines(text);
  const blocks = lineBlocks();
  const headings: HeadingStart[] = [];
  const head = (line: TextLine): string => text.slice(line.start, Math.min(line.end, line.start + LOOKED_AT)).trimEnd();
  const lastClosed = lastOfEach(lines, head);
  let fence: string | null = null;
  let table: Table | null = null;

  for (let at = 0; at < lines.length; at++) {
    const line = lines[at]!;
    if (fence !== null) {
      blocks.continue('code', line);
      if (head(line) === fence) {
        fence = null;
        blocks.cut();
      }
      continue;
    }
    if (line.blank) {
      blocks.cut();
      if (table) table.betweenRows = true;
      continue;
    }
    const start = head(line);
    if (table) {
      if (start === table.delimiter) {
        blocks.begin('paragraph', line);
        blocks.cut();
        table = null;
      } else addTableLine(blocks, { line, start, table });
      continue;
    }
    const opening = start.startsWith('```') ? '```' : start;
    if (VERBATIM.test(opening) && (lastClosed.get(opening) ?? 0) > at) {
      fence = opening;
      blocks.begin('code', line);
      continue;
    }
    if (TABLE.test(start) && (lastClosed.get(start) ?? 0) > at) {
      table = { delimiter: start, header: null, betweenRows: true };
      blocks.begin('paragraph', line);
      blocks.cut();
      continue;
    }
    const heading = HEADING.exec(start);
    if (heading) {
      blocks.begin('heading', line);
      blocks.cut();
      headings.push({ level: heading[1]!.length, start: line.start, title: heading[2]! });
      continue;
    }
    const underline = lines[at + 1];
    const level = underline && lines[at - 1]?.blank !== false ? underlineLevel(start, head(underline)) : 0;
    if (underline && level > 0) {
      blocks.begin('heading', line);
      blocks.continue('heading', underline);
      blocks.cut();
      headings.push({ level, start: line.start, title: start });
      at++;
      continue;
    }
    if (CONTAINER.test(start)) {
      blocks.begin('paragraph', line);
      blocks.cut();
    } else if (LIST_ITEM.test(start) || DEFINITION.test(start)) blocks.begin('list-item', line);
    else blocks.continue('paragraph', line);
  }
  return { headings, blocks: blocks.blocks };
}

type Table = { readonly delimiter: string; header: Span | null; betweenRows: boolean };

/** Cells of a row stand on one line or on one line each, with an empty line between rows. */
function addTableLine(
  blocks: LineBlocks,
  { line, start, table }: { line: TextLine; start: string; table: Table },
): void {
  const isCell = /^[\d.+*<>^a-z]{0,12}\|/.test(start);
  if (isCell && (table.betweenRows || start.indexOf('|') !== start.lastIndexOf('|'))) {
    blocks.begin('table-row', line, table.header ? { header: table.header } : {});
    table.header ??= { start: line.start, end: line.end };
  } else blocks.continue('table-row', line);
  table.betweenRows = false;
}

/** The last line on which each text stands that could close a block. */
function lastOfEach(lines: readonly TextLine[], head: (line: TextLine) => string): Map<string, number> {
  const last = new Map<string, number>();
  for (let at = 0; at < lines.length; at++) {
    const line = lines[at]!;
    if (line.blank || line.end - line.start > LOOKED_AT) continue;
    const text = head(line);
    if (VERBATIM.test(text) || TABLE.test(text)) last.set(text, at);
  }
  return last;
}

/** The level of a title with a line of one mark below it, as long as itself give or take one; 0 for anything else. */
function underlineLevel(title: string, underline: string): number {
  const mark = underline[0] ?? ' ';
  const level = UNDERLINES.indexOf(mark) + 1;
  if (level === 0 || underline.length < 4 || Math.abs(underline.length - [...title].length) > 1) return 0;
  for (let at = 0; at < underline.length; at++) if (underline[at] !== mark) return 0;
  return /^[\p{L}\p{N}]/u.test(title) ? level : 0;
}
