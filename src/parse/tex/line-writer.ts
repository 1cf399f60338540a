import type { Block } from '../types.ts';

/** What a line of the result is; a 'comment' left nothing and ends no paragraph. */
export type LineKind = Block['kind'] | 'comment';

/**
 * Collects text so that it has as many lines as its source. What is written while hidden leaves its line ends only;
 * while joined (a heading over several lines), line ends are kept back until it ends.
 */
export type LineWriter = {
  /** Hidden text leaves no trace but its line ends. */
  hidden: boolean;
  readonly length: number;
  /** Text without line ends. */
  write(text: string): void;
  newline(): void;
  /** Text as it stands, with line ends; its lines are of this kind. */
  writeLines(text: string, kind?: LineKind): void;
  /** Says what the current line is. */
  mark(kind: LineKind): void;
  joinLines(): void;
  endJoin(): void;
  /** Whether nothing but white space stands on the current line. */
  readonly atLineStart: boolean;
  finish(): { readonly text: string; readonly kinds: ReadonlyMap<number, LineKind> };
};

export function lineWriter(): LineWriter {
  const parts: string[] = [];
  const kinds = new Map<number, LineKind>();
  let length = 0;
  let line = 0;
  let joins = 0;
  let heldBack = 0;
  let atLineStart = true;
  const push = (text: string): void => {
    parts.push(text);
    length += text.length;
  };
  const writer: LineWriter = {
    hidden: false,
    get length() {
      return length;
    },
    get atLineStart() {
      return atLineStart;
    },
    write(text) {
      if (writer.hidden || text === '') return;
      push(text);
      if (atLineStart && text.trim() !== '') atLineStart = false;
    },
    newline() {
      if (joins > 0) {
        heldBack++;
        writer.write(' ');
        return;
      }
      push('\n');
      line++;
      atLineStart = true;
    },
    writeLines(text, kind) {
      let start = 0;
      for (;;) {
        const newline = text.indexOf('\n', start);
        const end = newline < 0 ? text.length : newline;
        if (kind && !writer.hidden) kinds.set(line, kind);
        writer.write(text.slice(start, end));
        if (newline < 0) return;
        writer.newline();
        start = newline + 1;
      }
    },
    mark(kind) {
      if (!writer.hidden) kinds.set(line, kind);
    },
    joinLines() {
      joins++;
    },
    endJoin() {
      joins = Math.max(0, joins - 1);
      if (joins > 0) return;
      for (; heldBack > 0; heldBack--) writer.newline();
    },
    finish() {
      joins = 0;
      for (; heldBack > 0; heldBack--) writer.newline();
      return { text: parts.join(''), kinds };
    },
  };
  return writer;
}
