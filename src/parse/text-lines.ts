import { isBlank } from './paragraph-blocks.ts';

/** A line of a text: its offsets (without the "\n"), and the columns before its first visible character. */
export type TextLine = {
  readonly start: number;
  readonly end: number;
  /** Offset of the first character that is no space or tab. */
  readonly first: number;
  /** Tabs count to the next multiple of four. */
  readonly indent: number;
  readonly blank: boolean;
};

export function textLines(text: string): TextLine[] {
  const lines: TextLine[] = [];
  for (let start = 0; start < text.length; ) {
    const newline = text.indexOf('\n', start);
    const end = newline < 0 ? text.length : newline;
    let first = start;
    let indent = 0;
    for (; first < end; first++) {
      const code = text.charCodeAt(first);
      if (code === 32) indent++;
      else if (code === 9) indent += 4 - (indent % 4);
      else break;
    }
    lines.push({ start, end, first, indent, blank: first >= end || isBlank(text, first, end) });
    start = end + 1;
  }
  return lines;
}
