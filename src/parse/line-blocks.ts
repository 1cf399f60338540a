import type { Span } from '../domain/span.ts';
import type { TextLine } from './text-lines.ts';
import type { Block } from './types.ts';

/** Gathers lines into blocks, for markup whose blocks are runs of lines. */
export type LineBlocks = {
  readonly blocks: readonly Block[];
  /** A line that goes on with the block before it if that is of the same kind and nothing has ended it. */
  add(kind: Block['kind'], line: TextLine): void;
  /** A line that begins a block whatever stands before it. */
  begin(kind: Block['kind'], line: TextLine, extra?: { readonly header?: Span }): void;
  /** A line that belongs to whatever block is open, or begins one of the kind. */
  continue(kind: Block['kind'], line: TextLine): void;
  /** Ends the open block. */
  cut(): void;
};

export function lineBlocks(): LineBlocks {
  const blocks: Block[] = [];
  let isOpen = false;
  const extend = (line: TextLine): void => {
    const last = blocks[blocks.length - 1]!;
    blocks[blocks.length - 1] = { ...last, span: { start: last.span.start, end: line.end } };
  };
  const begin: LineBlocks['begin'] = (kind, line, extra = {}) => {
    if (line.end > line.start) blocks.push({ kind, span: { start: line.start, end: line.end }, ...extra });
    isOpen = line.end > line.start;
  };
  return {
    blocks,
    begin,
    add(kind, line) {
      if (isOpen && blocks.at(-1)?.kind === kind) extend(line);
      else begin(kind, line);
    },
    continue(kind, line) {
      if (isOpen) extend(line);
      else begin(kind, line);
    },
    cut() {
      isOpen = false;
    },
  };
}
