import type { Span } from '../../domain/span.ts';
import { lineBlocks } from '../line-blocks.ts';
import type { HeadingStart } from '../markdown-structure.ts';
import { type TextLine, textLines } from '../text-lines.ts';
import type { Block } from '../types.ts';

export type OrgStructure = {
  readonly headings: readonly HeadingStart[];
  readonly blocks: readonly Block[];
  /** `#+NAME: value` lines by upper-case name, in order. */
  readonly keywords: ReadonlyMap<string, readonly string[]>;
};

const LOOKED_AT = 400;
const MAX_KEYWORDS = 500;

const HEADING = /^(\*{1,30})[ \t]+(\S.*)$/;
const BEGIN = /^[ \t]*#\+begin_([a-z]{1,40})(?:[ \t]|$)/i;
const END = /^[ \t]*#\+end_([a-z]{1,40})[ \t]*$/i;
const KEYWORD = /^#\+([a-z_]{1,40}):[ \t]*(.*)$/i;
const LIST_ITEM = /^(?:[ \t]*(?:[-+]|\d{1,9}[.)]|[a-zA-Z][.)])|[ \t]+\*)[ \t]+\S/;
const DRAWER = /^[ \t]*:(?:PROPERTIES|LOGBOOK|[A-Z][\w-]{1,40}):[ \t]*$/;
const DRAWER_END = /^[ \t]*:END:[ \t]*$/i;

const blockKind = (name: string): Block['kind'] =>
  /^(?:quote|verse)$/i.test(name) ? 'quote' : /^(?:src|example|export|comment)$/i.test(name) ? 'code' : 'paragraph';

/**
 * Headings, blocks and keywords of an Org file, one pass over its lines. A block that is never closed is text.
 * Source: The Org Manual, "Document Structure", "Markup for Rich Contents"; Org Syntax (worg).
 */
export function orgStructure(text: string): OrgStructure {
  const lines = textLines(text);
  const blocks = lineBlocks();
  const headings: HeadingStart[] = [];
  const keywords = new Map<string, string[]>();
  const head = (line: TextLine): string => text.slice(line.start, Math.min(line.end, line.start + LOOKED_AT)).trimEnd();
  const lastEnd = new Map<string, number>();
  lines.forEach((line, at) => {
    const end = line.end - line.start < 100 ? END.exec(head(line)) : null;
    if (end) lastEnd.set(end[1]!.toLowerCase(), at);
  });
  let inside: { name: string; kind: Block['kind'] } | null = null;
  let inDrawer = false;
  let header: Span | null = null;
  let inTable = false;
  let keywordCount = 0;

  for (let at = 0; at < lines.length; at++) {
    const line = lines[at]!;
    const start = line.blank ? '' : head(line);
    if (inside) {
      blocks.continue(inside.kind, line);
      if (END.exec(start)?.[1]?.toLowerCase() === inside.name) {
        inside = null;
        blocks.cut();
      }
      continue;
    }
    const isRow = /^[ \t]*\|/.test(start);
    if (!isRow) inTable = false;
    if (line.blank) {
      blocks.cut();
      continue;
    }
    const heading = HEADING.exec(start);
    if (heading) {
      inDrawer = false;
      blocks.begin('heading', line);
      blocks.cut();
      headings.push({ level: heading[1]!.length, start: line.start, title: heading[2]! });
      continue;
    }
    if (inDrawer || DRAWER.test(start)) {
      if (inDrawer) blocks.continue('paragraph', line);
      else blocks.begin('paragraph', line);
      inDrawer = !DRAWER_END.test(start);
      if (!inDrawer) blocks.cut();
      continue;
    }
    const begin = BEGIN.exec(start);
    if (begin && (lastEnd.get(begin[1]!.toLowerCase()) ?? 0) > at) {
      inside = { name: begin[1]!.toLowerCase(), kind: blockKind(begin[1]!) };
      blocks.begin(inside.kind, line);
      continue;
    }
    if (isRow) {
      if (/^[ \t]*\|-/.test(start)) blocks.continue('table-row', line);
      else if (inTable) blocks.begin('table-row', line, header ? { header } : {});
      else {
        blocks.begin('table-row', line);
        header = /^[ \t]*\|-/.test(lines[at + 1] ? head(lines[at + 1]!) : '')
          ? { start: line.start, end: line.end }
          : null;
      }
      inTable = true;
      continue;
    }
    const keyword = KEYWORD.exec(start);
    if (keyword && keywordCount++ < MAX_KEYWORDS) {
      const name = keyword[1]!.toUpperCase();
      keywords.set(name, [...(keywords.get(name) ?? []), keyword[2]!]);
    }
    if (/^[ \t]*:(?:[ \t]|$)/.test(start)) blocks.add('code', line);
    else if (LIST_ITEM.test(start)) blocks.begin('list-item', line);
    else if (/^(?:code|table-row)$/.test(blocks.blocks.at(-1)?.kind ?? '')) blocks.begin('paragraph', line);
    else blocks.continue('paragraph', line);
  }
  return { headings, blocks: blocks.blocks, keywords };
}
