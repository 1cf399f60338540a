import type { Span } from '../domain/span.ts';
import {
  BACKTICK,
  EQUALS,
  endOfLine,
  type Fence,
  fenceLength,
  GREATER,
  HASH,
  headingLevel,
  htmlBlockEnd,
  indexOfIgnoringCase,
  isFenceEnd,
  isLoneTag,
  isRun,
  isSpace,
  isTableStart,
  isThematicBreak,
  LESS,
  listMarker,
  MINUS,
  pushIndents,
  SPACE,
  STAR,
  skipQuoteMarks,
  startsFence,
  TAB,
  TILDE,
  UNDERSCORE,
} from './markdown-lines.ts';
import type { Block } from './types.ts';

export type MarkdownHeading = { readonly level: number; readonly span: Span };

type OpenBlock = { kind: Block['kind']; start: number; end: number; header?: Span; base: number; html?: boolean };

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
