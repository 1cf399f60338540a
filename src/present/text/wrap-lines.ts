import type { Span } from '../../domain/span.ts';
import { characterWidth } from './display-width.ts';

/**
 * Lines of a one-line text that fit into `width` columns (at least 2), as spans of it. Breaks at spaces, which belong
 * to no line, and around wide characters; a word longer than a line is cut. Empty text has no lines.
 */
export function wrapLines(text: string, width: number): Span[] {
  const lines: Span[] = [];
  let line: Span | null = null;
  let columns = 0;
  for (const piece of pieces(text, width)) {
    const gap: number = line === null ? 0 : piece.start - line.end;
    if (line !== null && columns + gap + piece.width <= width) {
      line = { start: line.start, end: piece.end };
      columns += gap + piece.width;
      continue;
    }
    if (line !== null) lines.push(line);
    line = { start: piece.start, end: piece.end };
    columns = piece.width;
  }
  return line === null ? lines : [...lines, line];
}

type Piece = Span & { readonly width: number };

/** What is not broken: words, wide characters with their marks, and parts of words that are too long for a line. */
function* pieces(text: string, width: number): Generator<Piece> {
  let start = 0;
  let end = 0;
  let columns = 0;
  for (const character of text) {
    const size = characterWidth(character);
    const breaksBefore = character === ' ' || size === 2 || columns + size > width;
    if (breaksBefore && end > start) {
      yield { start, end, width: columns };
      start = end;
      columns = 0;
    }
    end += character.length;
    if (character === ' ') start = end;
    else columns += size;
  }
  if (end > start) yield { start, end, width: columns };
}
