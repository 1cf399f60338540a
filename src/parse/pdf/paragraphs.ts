import { type Column, type Line, median } from './reading-order.ts';

export type Paragraph = {
  readonly kind: 'paragraph' | 'list-item' | 'table-row';
  readonly text: string;
  /** Font size in page units. */
  readonly size: number;
};

const listMarker = /^(?:[•◦▪▫■□●○‣⁃∙·*–—-]\s|\(?\d{1,3}[.)]\s|\(?[a-z][.)]\s)/u;
const longestWord = 80;
const cjk = /[\u3000-\u30ff\u3400-\u9fff\uf900-\ufaff\uff00-\uffef]/u;

/**
 * Join lines into paragraphs. A paragraph ends at a wider gap, a change of font size, an indent, a short line that
 * ends a sentence, a list marker, and around rows of several cells.
 *
 * @param hyphenated words that the document also writes with a hyphen inside a line; such a hyphen stays.
 */
export function paragraphs(column: Column, hyphenated: ReadonlySet<string>): Paragraph[] {
  const leading = median(
    column
      .slice(1)
      .map((line, index) => column[index]!.y - line.y)
      .filter((gap) => gap > 0),
  );
  const bodySize = median(column.map((line) => line.size));
  const found: Paragraph[] = [];
  let open: Line[] = [];
  const close = () => {
    if (open.length === 0) return;
    const text = joinLines(open, hyphenated);
    if (text !== '') found.push({ kind: kindOf(open), text, size: open[0]!.size });
    open = [];
  };
  column.forEach((line, index) => {
    const previous = open.at(-1);
    if (previous && startsParagraph(previous, line, { leading, bodySize, ...margins(column, index) })) close();
    open.push(line);
  });
  close();
  return found;
}

function kindOf(lines: readonly Line[]): Paragraph['kind'] {
  const first = lines[0]!;
  if (first.cells > 1) return 'table-row';
  return listMarker.test(first.text) ? 'list-item' : 'paragraph';
}

type Frame = { readonly leading: number; readonly bodySize: number; readonly left: number; readonly right: number };

/** Left and right margin of the lines around one line that share its size. */
function margins(column: Column, index: number): { left: number; right: number } {
  const { size } = column[index]!;
  const near = column
    .slice(Math.max(0, index - 4), index + 4)
    .filter((line) => Math.abs(line.size - size) < 0.12 * size);
  return { left: Math.min(...near.map((line) => line.left)), right: Math.max(...near.map((line) => line.right)) };
}

function startsParagraph(previous: Line, line: Line, { leading, bodySize, left, right }: Frame): boolean {
  if (previous.cells > 1 || line.cells > 1) return true;
  const size = Math.max(previous.size, line.size);
  if (Math.abs(previous.size - line.size) > 0.12 * size) return true;
  const gap = previous.y - line.y;
  // The lines of a title stand as far apart as its size asks, not as those of the body.
  const widest = Math.max(1.3 * leading, (size > 1.15 * bodySize ? 1.35 : 1.1) * size);
  if (gap > widest || gap < 0) return true;
  if (listMarker.test(line.text)) return true;
  // Large lines are centred more often than not: neither their indents nor their lengths mean anything.
  if (line.monospace || size > 1.15 * bodySize) return false;
  if (/\p{L}[-\u2010\u00ad]$/u.test(previous.text.slice(-3)) && /^\p{Ll}/u.test(line.text)) return false;
  const inset = previous.left - left;
  const indented = line.left - previous.left > 0.9 * size && inset < 0.9 * size;
  if (indented && !listMarker.test(previous.text)) return true;
  const slack = right - previous.right;
  if (previous.font !== null && line.font !== null && previous.font !== line.font && slack > 0.3 * (right - left))
    return true;
  return slack > 2 * size && slack > 0.15 * (right - left) && slack > firstWordWidth(line) + size;
}

/** A line that leaves room for the next line's first word was ended on purpose. */
function firstWordWidth(line: Line): number {
  const word = /^\S+/.exec(line.text)?.[0].length ?? 0;
  return (word / Math.max(1, line.text.length)) * (line.right - line.left);
}

function joinLines(lines: readonly Line[], hyphenated: ReadonlySet<string>): string {
  let text = '';
  for (const line of lines) {
    if (text === '') text = line.text;
    else if (line.monospace) text += `\n${line.text}`;
    else text = joinLine(text, line.text, hyphenated);
  }
  return text;
}

function joinLine(text: string, next: string, hyphenated: ReadonlySet<string>): string {
  // No word is longer than this, and the text behind it may be a whole page.
  const end = /(\p{L}+)[-\u2010\u00ad]$/u.exec(text.slice(-longestWord));
  const start = /^\p{Ll}+/u.exec(next);
  if (end && start) {
    const soft = text.endsWith('\u00ad');
    const keep = !soft && hyphenated.has(`${end[1]}-${start[0]}`.toLowerCase());
    return (keep ? text : text.slice(0, -1)) + next;
  }
  if (/[\p{L}\p{N}][-/\u2010]$/u.test(text.slice(-2)) && /^[\p{L}\p{N}]/u.test(next)) return text + next;
  const joinedCjk = cjk.test(text.slice(-1)) && cjk.test(next.slice(0, 1));
  return joinedCjk ? text + next : `${text} ${next}`;
}

/** Words with a hyphen inside one line, lower case. */
export function collectHyphenated(columns: readonly Column[], into: Set<string>): void {
  for (const column of columns)
    for (const line of column)
      for (const [word] of line.text.matchAll(/\p{L}+-\p{Ll}+/gu)) into.add(word.toLowerCase());
}
