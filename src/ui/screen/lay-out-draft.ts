import { escapeLine } from '../../present/text/escape-terminal.ts';
import { type StyledLine, styled, widthOf } from '../markdown/styled-text.ts';
import type { Draft } from '../state/edit-text.ts';
import { graphemesOf } from '../state/graphemes.ts';

type Row = { text: string; width: number };

/**
 * What is being written, in lines of `width` columns with the cursor in it, and of these at most `height` around the
 * cursor. A line is broken where it is full, not at words, so that nothing jumps while someone types.
 */
export function layOutDraft(
  { text, cursor }: Draft,
  { width, height }: { readonly width: number; readonly height: number },
): { readonly lines: readonly StyledLine[]; readonly above: number; readonly below: number } {
  const rows: Row[] = [{ text: '', width: 0 }];
  let offset = 0;
  let at = { row: 0, start: 0, length: 0 };
  let isFound = false;
  for (const character of graphemesOf(text)) {
    const shown = character === '\n' ? '' : escapeLine(character);
    const size = widthOf(shown);
    if (rows.at(-1)!.width + size > width) rows.push({ text: '', width: 0 });
    const row = rows.at(-1)!;
    if (!isFound && offset + character.length > cursor) {
      at = { row: rows.length - 1, start: row.text.length, length: shown.length };
      isFound = true;
    }
    row.text += shown;
    row.width += size;
    offset += character.length;
    if (character === '\n') rows.push({ text: '', width: 0 });
  }
  if (!isFound) {
    if (rows.at(-1)!.width + 1 > width) rows.push({ text: '', width: 0 });
    at = { row: rows.length - 1, start: rows.at(-1)!.text.length, length: 0 };
  }
  const first = Math.max(0, Math.min(at.row - Math.floor(height / 2), rows.length - height));
  const visible = rows.slice(first, first + height);
  return {
    lines: visible.map((row, index) => (first + index === at.row ? withCursor(row.text, at) : [styled(row.text)])),
    above: first,
    below: rows.length - first - visible.length,
  };
}

/** A cursor behind the last character, or on a line end, is a blank that is set off. */
const withCursor = (text: string, { start, length }: { start: number; length: number }): StyledLine => [
  styled(text.slice(0, start)),
  styled(text.slice(start, start + length) || ' ', { inverse: true }),
  styled(text.slice(start + length)),
];
