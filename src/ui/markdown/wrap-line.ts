import { graphemesOf } from '../state/graphemes.ts';
import { type Look, type StyledLine, type StyledText, widthOf } from './styled-text.ts';

/** What is not cut: one character as people see it. */
type Cell = { readonly text: string; readonly look: Look; readonly width: number };

/** What no line begins with in Chinese and Japanese. */
const CLOSING = /^[、。，．！？：；）」』】〉》〕］｝ー…々]/u;

/**
 * Lines of at most `width` columns (at least 2). Breaks at spaces, which then belong to no line, and around wide
 * characters; a word longer than a line is cut. Spaces at the start are kept. An empty line is one line.
 */
export function wrapLine(line: StyledLine, width: number): StyledLine[] {
  const limit = Math.max(2, width);
  if (line.reduce((sum, { text }) => sum + widthOf(text), 0) <= limit) return [line];
  const lines: StyledLine[] = [];
  let current: Cell[] = [];
  let columns = 0;
  /** Where in `current` the line may end, and where the next one begins. */
  let end = -1;
  let next = -1;
  const flush = (upTo: number, from: number): void => {
    lines.push(joinCells(current.slice(0, upTo)));
    current = current.slice(from);
    columns = current.reduce((sum, cell) => sum + cell.width, 0);
    end = -1;
    next = -1;
  };
  for (const cell of cellsOf(line)) {
    const isSpace = cell.text === ' ';
    const before = current.at(-1);
    if (before && !isSpace && before.text !== ' ' && mayBreak(before, cell)) {
      end = current.length;
      next = current.length;
    }
    while (columns + cell.width > limit && current.length > 0) {
      if (isSpace) break;
      if (end > 0) flush(end, next);
      else flush(current.length, current.length);
    }
    if (isSpace && current.some(({ text }) => text !== ' ')) {
      if (before?.text !== ' ') end = current.length;
      next = current.length + 1;
    }
    current.push(cell);
    columns += cell.width;
  }
  while (current.at(-1)?.text === ' ') current.pop();
  if (current.length > 0 || lines.length === 0) lines.push(joinCells(current));
  return lines;
}

const mayBreak = (before: Cell, cell: Cell): boolean =>
  (before.width === 2 || cell.width === 2) && !CLOSING.test(cell.text);

const cellsOf = (line: StyledLine): Cell[] =>
  line.flatMap(({ text, look }) => graphemesOf(text).map((each) => ({ text: each, look, width: widthOf(each) })));

function joinCells(cells: readonly Cell[]): StyledLine {
  const joined: StyledText[] = [];
  let text = '';
  cells.forEach(({ text: piece, look }, index) => {
    text += piece;
    if (cells[index + 1]?.look === look) return;
    joined.push({ text, look });
    text = '';
  });
  return joined;
}

/** The line, cut to so many columns with an ellipsis where it is longer. */
export function cutLine(line: StyledLine, width: number): StyledLine {
  if (line.reduce((sum, { text }) => sum + widthOf(text), 0) <= width) return line;
  const kept: Cell[] = [];
  let columns = 0;
  for (const cell of cellsOf(line)) {
    if (columns + cell.width > width - 1) break;
    kept.push(cell);
    columns += cell.width;
  }
  return width < 1 ? [] : [...joinCells(kept), { text: '…', look: kept.at(-1)?.look ?? {} }];
}
