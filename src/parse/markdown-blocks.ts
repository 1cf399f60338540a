import type { Span } from '../domain/span.ts';
import type { Block } from './types.ts';

export type MarkdownHeading = { readonly level: number; readonly span: Span };

type OpenBlock = { kind: Block['kind']; start: number; end: number; header?: Span; base: number; html?: boolean };
type Fence = { mark: number; length: number; base: number };

const TAB = 9;
const SPACE = 32;
const HASH = 35;
const STAR = 42;
const PLUS = 43;
const MINUS = 45;
const COLON = 58;
const LESS = 60;
const EQUALS = 61;
const GREATER = 62;
const UNDERSCORE = 95;
const BACKTICK = 96;
const PIPE = 124;
const TILDE = 126;

/** HTML elements that begin a block which lasts to the next blank line (CommonMark 0.31, HTML block type 6, abridged). */
const HTML_BLOCK =
  /^<\/?(?:address|article|aside|blockquote|body|center|dd|details|dialog|dir|div|dl|dt|fieldset|figcaption|figure|footer|form|frame|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu|nav|ol|p|section|summary|table|tbody|td|tfoot|th|thead|title|tr|ul)(?=[\s/>]|$)/i;
const HTML_RAW = /^<(pre|script|style|textarea)(?=[\s>]|$)/i;

/**
 * The blocks of Markdown text (CommonMark's block rules plus pipe tables), as a scan over lines with a stack of list
 * indents. It differs from a full parser on purpose in what a passage does not need: a quote is one block per
 * paragraph whatever it holds, and headings inside quotes and lists are no sections.
 */
export function markdownBlocks(text: string): { blocks: Block[]; headings: MarkdownHeading[] } {
  const blocks: Block[] = [];
  const headings: MarkdownHeading[] = [];
  const indents: number[] = [];
  let open: OpenBlock | null = null;
  let fence: Fence | null = null;
  let quoteFence = false;
  let rawEnd: string | null = null;
  let afterBlank = true;

  const close = (): void => {
    if (open) {
      const { kind, start, end, header } = open;
      blocks.push(header ? { kind, span: { start, end }, header } : { kind, span: { start, end } });
    }
    open = null;
    quoteFence = false;
  };
  const begin = (kind: Block['kind'], start: number, end: number, base: number): OpenBlock => {
    close();
    open = { kind, start, end, base };
    return open;
  };

  for (let at = 0; at < text.length; ) {
    const newline = text.indexOf('\n', at);
    const lineStart = at;
    const lineEnd = newline < 0 ? text.length : newline;
    at = lineEnd + 1;

    let first = lineStart;
    let indent = 0;
    for (; first < lineEnd; first++) {
      const code = text.charCodeAt(first);
      if (code === SPACE) indent++;
      else if (code === TAB) indent += 4 - (indent % 4);
      else if (!isSpace(code)) break;
    }
    const blank = first >= lineEnd;
    let current = open as OpenBlock | null;

    if (rawEnd !== null && current) {
      if (!blank) current.end = lineEnd;
      if (indexOfIgnoringCase(text, rawEnd, lineStart, lineEnd) >= 0) {
        rawEnd = null;
        close();
      }
      continue;
    }
    if (fence && current) {
      if (blank) continue;
      if (indent >= fence.base) {
        current.end = lineEnd;
        if (isFenceEnd(text, first, lineEnd, fence)) {
          fence = null;
          close();
          afterBlank = false;
        }
        continue;
      }
      // The list item that held the fence has ended, and the fence with it.
      fence = null;
      close();
      current = null;
    }
    if (blank) {
      afterBlank = true;
      // Indented code goes on over blank lines; whatever else is open ends here.
      if (current && !(current.kind === 'code')) close();
      continue;
    }

    // Inside an HTML block nothing but a blank line means anything.
    if (current?.html) {
      current.end = lineEnd;
      continue;
    }
    let base = 0;
    let depth = indents.length;
    while (depth > 0 && indents[depth - 1]! > indent) depth--;
    base = depth > 0 ? indents[depth - 1]! : 0;
    const wasBlank = afterBlank;
    afterBlank = false;
    const inText: boolean =
      current !== null &&
      !wasBlank &&
      (current.kind === 'paragraph' || current.kind === 'list-item' || current.kind === 'quote');

    if (indent - base >= 4) {
      if (current && (inText || (current.kind === 'code' && indent - current.base >= 4))) {
        current.end = lineEnd;
        continue;
      }
      if (current?.kind !== 'table-row') {
        if (wasBlank) indents.length = depth;
        begin('code', lineStart, lineEnd, base);
        continue;
      }
    }
    if (current?.kind === 'code') close();

    const code = text.charCodeAt(first);
    const continued = open as OpenBlock | null;

    if (code === HASH) {
      const level = headingLevel(text, first, lineEnd);
      if (level > 0) {
        indents.length = depth;
        begin('heading', lineStart, lineEnd, base);
        if (base === 0) headings.push({ level, span: { start: lineStart, end: lineEnd } });
        close();
        continue;
      }
    }
    if (continued?.kind === 'paragraph' && inText && base === continued.base && (code === EQUALS || code === MINUS)) {
      if (isRun(text, first, lineEnd, code)) {
        continued.kind = 'heading';
        continued.end = lineEnd;
        if (base === 0) {
          headings.push({ level: code === EQUALS ? 1 : 2, span: { start: continued.start, end: lineEnd } });
        }
        close();
        continue;
      }
    }
    if ((code === STAR || code === MINUS || code === UNDERSCORE) && isThematicBreak(text, first, lineEnd, code)) {
      indents.length = depth;
      begin('paragraph', lineStart, lineEnd, base);
      close();
      continue;
    }
    if (code === BACKTICK || code === TILDE) {
      const length = fenceLength(text, first, lineEnd, code);
      if (length > 0) {
        indents.length = depth;
        begin('code', lineStart, lineEnd, base);
        fence = { mark: code, length, base };
        continue;
      }
    }
    const marker = listMarker(text, first, lineEnd);
    if (marker && !(inText && continued?.kind === 'paragraph' && !marker.interrupts)) {
      indents.length = depth;
      begin('list-item', lineStart, lineEnd, indent + marker.width);
      pushIndents(indents, text, { first, lineEnd, indent });
      const content = first + marker.width;
      const mark = content < lineEnd ? text.charCodeAt(content) : 0;
      if (mark === BACKTICK || mark === TILDE) {
        const length = fenceLength(text, content, lineEnd, mark);
        if (length > 0) fence = { mark, length, base: indent + marker.width };
      }
      continue;
    }
    if (code === GREATER) {
      const content = skipQuoteMarks(text, first, lineEnd);
      if (continued?.kind === 'quote' && inText) continued.end = lineEnd;
      else {
        indents.length = depth;
        begin('quote', lineStart, lineEnd, base);
      }
      if (startsFence(text, content)) quoteFence = !quoteFence;
      else if (content >= lineEnd && !quoteFence) close();
      continue;
    }
    if (continued?.kind === 'table-row' && !wasBlank) {
      const header = continued.header ?? { start: continued.start, end: continued.end };
      const row = begin('table-row', lineStart, lineEnd, base);
      row.header = header;
      continue;
    }
    if (isTableStart(text, first, lineEnd)) {
      indents.length = depth;
      const delimiterEnd = endOfLine(text, lineEnd + 1);
      begin('table-row', lineStart, delimiterEnd, base);
      at = delimiterEnd + 1;
      continue;
    }
    if (code === LESS) {
      const end = htmlBlockEnd(text, first, lineEnd) ?? (!inText && isLoneTag(text, first, lineEnd) ? '' : null);
      if (end !== null) {
        if (!inText) {
          indents.length = depth;
          begin('paragraph', lineStart, lineEnd, base).html = end === '';
        } else continued!.end = lineEnd;
        if (end !== '') {
          if (indexOfIgnoringCase(text, end, first + 1, lineEnd) < 0) rawEnd = end;
          else if (!inText) close();
        }
        continue;
      }
    }
    if (continued && inText) {
      continued.end = lineEnd;
      continue;
    }
    if (wasBlank || !continued) indents.length = depth;
    begin(base > 0 ? 'list-item' : 'paragraph', lineStart, lineEnd, base);
  }
  close();
  return { blocks, headings };
}

const isSpace = (code: number): boolean => code === 0x0b || code === 0x0c || code === 0xa0 || code === 0xfeff;

function endOfLine(text: string, from: number): number {
  const newline = text.indexOf('\n', from);
  return newline < 0 ? text.length : newline;
}

/** 1 to 6 for `# title`, else 0. */
function headingLevel(text: string, first: number, lineEnd: number): number {
  let at = first;
  while (at < lineEnd && text.charCodeAt(at) === HASH) at++;
  const level = at - first;
  if (level > 6) return 0;
  const next = at < lineEnd ? text.charCodeAt(at) : SPACE;
  return next === SPACE || next === TAB ? level : 0;
}

/** Whether the rest of the line is one mark repeated, with white space after it. */
function isRun(text: string, first: number, lineEnd: number, mark: number): boolean {
  let at = first;
  while (at < lineEnd && text.charCodeAt(at) === mark) at++;
  return isWhite(text, at, lineEnd);
}

function isWhite(text: string, from: number, end: number): boolean {
  for (let at = from; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code !== SPACE && code !== TAB) return false;
  }
  return true;
}

function isThematicBreak(text: string, first: number, lineEnd: number, mark: number): boolean {
  let marks = 0;
  for (let at = first; at < lineEnd; at++) {
    const code = text.charCodeAt(at);
    if (code === mark) marks++;
    else if (code !== SPACE && code !== TAB) return false;
  }
  return marks >= 3;
}

/** How many marks open a code fence here; 0 when none does. Backtick fences have no backtick after the run. */
function fenceLength(text: string, first: number, lineEnd: number, mark: number): number {
  let at = first;
  while (at < lineEnd && text.charCodeAt(at) === mark) at++;
  if (at - first < 3) return 0;
  if (mark === BACKTICK) {
    const other = text.indexOf('`', at);
    if (other >= 0 && other < lineEnd) return 0;
  }
  return at - first;
}

function isFenceEnd(text: string, first: number, lineEnd: number, fence: Fence): boolean {
  let at = first;
  while (at < lineEnd && text.charCodeAt(at) === fence.mark) at++;
  return at - first >= fence.length && isWhite(text, at, lineEnd);
}

const startsFence = (text: string, at: number): boolean => text.startsWith('```', at) || text.startsWith('~~~', at);

/** Width of a list marker with the space after it, and whether it may interrupt a paragraph. */
function listMarker(text: string, first: number, lineEnd: number): { width: number; interrupts: boolean } | null {
  const code = text.charCodeAt(first);
  let at = first;
  let interrupts = true;
  if (code === MINUS || code === STAR || code === PLUS) at++;
  else if (isDigit(code)) {
    while (at < lineEnd && at - first < 9 && isDigit(text.charCodeAt(at))) at++;
    const closing = at < lineEnd ? text.charCodeAt(at) : 0;
    if (closing !== 46 && closing !== 41) return null;
    interrupts = at - first === 1 && code === 49;
    at++;
  } else return null;
  if (isWhite(text, at, lineEnd)) return { width: at - first + 1, interrupts: false };
  const markerEnd = at;
  while (text.charCodeAt(at) === SPACE) at++;
  if (text.charCodeAt(at) === TAB) return { width: markerEnd - first + 1, interrupts };
  const spaces = at - markerEnd;
  if (spaces === 0) return null;
  // Five spaces or more: the item begins with indented code, one space after the marker.
  return { width: markerEnd - first + (spaces > 4 ? 1 : spaces), interrupts };
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57;

/** Content indents of `- - 1. text`: one per marker on the line, at most 20. */
function pushIndents(indents: number[], text: string, line: { first: number; lineEnd: number; indent: number }): void {
  let at = line.first;
  let column = line.indent;
  for (let count = 0; count < 20; count++) {
    const marker = at < line.lineEnd ? listMarker(text, at, line.lineEnd) : null;
    if (!marker) return;
    column += marker.width;
    at += marker.width;
    indents.push(column);
  }
}

function skipQuoteMarks(text: string, first: number, lineEnd: number): number {
  let at = first;
  while (at < lineEnd) {
    const code = text.charCodeAt(at);
    if (code !== GREATER && code !== SPACE && code !== TAB) break;
    at++;
  }
  return at;
}

/** A line with a pipe, over a line of dashes, colons and pipes. */
function isTableStart(text: string, first: number, lineEnd: number): boolean {
  const next = lineEnd + 1;
  if (next >= text.length) return false;
  let at = next;
  while (text.charCodeAt(at) === SPACE) at++;
  const start = text.charCodeAt(at);
  if (start !== PIPE && start !== MINUS && start !== COLON) return false;
  let dashes = 0;
  let pipes = 0;
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 10) break;
    if (code === MINUS) dashes++;
    else if (code === PIPE) pipes++;
    else if (code !== COLON && code !== SPACE && code !== TAB) return false;
  }
  if (dashes === 0 || pipes === 0) return false;
  const pipe = text.indexOf('|', first);
  return pipe >= 0 && pipe < lineEnd;
}

/** What ends the HTML block that begins here: a string, '' for the next blank line, null when none begins. */
function htmlBlockEnd(text: string, first: number, lineEnd: number): string | null {
  if (text.startsWith('<!--', first)) return '-->';
  const head = text.slice(first, Math.min(lineEnd, first + 20));
  const raw = HTML_RAW.exec(head);
  if (raw) return `</${raw[1]!.toLowerCase()}>`;
  return HTML_BLOCK.test(head) ? '' : null;
}

/** Nothing on the line but one complete tag of any name (HTML block type 7, which does not interrupt a paragraph). */
const isLoneTag = (text: string, first: number, lineEnd: number): boolean =>
  lineEnd - first < 2_000 && /^<\/?[A-Za-z][\w.-]*(?:\s[^<>]*)?\/?>\s*$/.test(text.slice(first, lineEnd));

function indexOfIgnoringCase(text: string, needle: string, from: number, end: number): number {
  return text.slice(from, end).toLowerCase().indexOf(needle);
}
