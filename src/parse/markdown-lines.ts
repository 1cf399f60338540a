/** Questions about one line of Markdown, all linear in the line. Offsets are of the whole text. */

export const TAB = 9;
export const SPACE = 32;
export const HASH = 35;
export const STAR = 42;
const PLUS = 43;
export const MINUS = 45;
const COLON = 58;
export const LESS = 60;
export const EQUALS = 61;
export const GREATER = 62;
export const UNDERSCORE = 95;
export const BACKTICK = 96;
const PIPE = 124;
export const TILDE = 126;

export type Fence = { mark: number; length: number; base: number };

/** HTML elements that begin a block which lasts to the next blank line (CommonMark 0.31, HTML block type 6, abridged). */
const HTML_BLOCK =
  /^<\/?(?:address|article|aside|blockquote|body|center|dd|details|dialog|dir|div|dl|dt|fieldset|figcaption|figure|footer|form|frame|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu|nav|ol|p|section|summary|table|tbody|td|tfoot|th|thead|title|tr|ul)(?=[\s/>]|$)/i;
const HTML_RAW = /^<(pre|script|style|textarea)(?=[\s>]|$)/i;

export const isSpace = (code: number): boolean => code === 0x0b || code === 0x0c || code === 0xa0 || code === 0xfeff;

export function endOfLine(text: string, from: number): number {
  const newline = text.indexOf('\n', from);
  return newline < 0 ? text.length : newline;
}

/** 1 to 6 for `# title`, else 0. */
export function headingLevel(text: string, first: number, lineEnd: number): number {
  let at = first;
  while (at < lineEnd && text.charCodeAt(at) === HASH) at++;
  const level = at - first;
  if (level > 6) return 0;
  const next = at < lineEnd ? text.charCodeAt(at) : SPACE;
  return next === SPACE || next === TAB ? level : 0;
}

/** Whether the rest of the line is one mark repeated, with white space after it. */
export function isRun(text: string, first: number, lineEnd: number, mark: number): boolean {
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

export function isThematicBreak(text: string, first: number, lineEnd: number, mark: number): boolean {
  let marks = 0;
  for (let at = first; at < lineEnd; at++) {
    const code = text.charCodeAt(at);
    if (code === mark) marks++;
    else if (code !== SPACE && code !== TAB) return false;
  }
  return marks >= 3;
}

/** How many marks open a code fence here; 0 when none does. Backtick fences have no backtick after the run. */
export function fenceLength(text: string, first: number, lineEnd: number, mark: number): number {
  let at = first;
  while (at < lineEnd && text.charCodeAt(at) === mark) at++;
  if (at - first < 3) return 0;
  if (mark === BACKTICK) {
    const other = text.indexOf('`', at);
    if (other >= 0 && other < lineEnd) return 0;
  }
  return at - first;
}

export function isFenceEnd(text: string, first: number, lineEnd: number, fence: Fence): boolean {
  let at = first;
  while (at < lineEnd && text.charCodeAt(at) === fence.mark) at++;
  return at - first >= fence.length && isWhite(text, at, lineEnd);
}

export const startsFence = (text: string, at: number): boolean =>
  text.startsWith('```', at) || text.startsWith('~~~', at);

/** Width of a list marker with the space after it, and whether it may interrupt a paragraph. */
export function listMarker(
  text: string,
  first: number,
  lineEnd: number,
): { width: number; interrupts: boolean } | null {
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
export function pushIndents(
  indents: number[],
  text: string,
  line: { first: number; lineEnd: number; indent: number },
): void {
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

export function skipQuoteMarks(text: string, first: number, lineEnd: number): number {
  let at = first;
  while (at < lineEnd) {
    const code = text.charCodeAt(at);
    if (code !== GREATER && code !== SPACE && code !== TAB) break;
    at++;
  }
  return at;
}

/** A line with a pipe, over a line of dashes, colons and pipes. */
export function isTableStart(text: string, first: number, lineEnd: number): boolean {
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
export function htmlBlockEnd(text: string, first: number, lineEnd: number): string | null {
  if (text.startsWith('<!--', first)) return '-->';
  const head = text.slice(first, Math.min(lineEnd, first + 20));
  const raw = HTML_RAW.exec(head);
  if (raw) return `</${raw[1]!.toLowerCase()}>`;
  return HTML_BLOCK.test(head) ? '' : null;
}

/** Nothing on the line but one complete tag of any name (HTML block type 7, which does not interrupt a paragraph). */
export const isLoneTag = (text: string, first: number, lineEnd: number): boolean =>
  lineEnd - first < 2_000 && /^<\/?[A-Za-z][\w.-]*(?:\s[^<>]*)?\/?>\s*$/.test(text.slice(first, lineEnd));

export function indexOfIgnoringCase(text: string, needle: string, from: number, end: number): number {
  return text.slice(from, end).toLowerCase().indexOf(needle);
}
