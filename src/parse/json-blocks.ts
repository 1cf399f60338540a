import { textLines } from './text-lines.ts';
import type { Block } from './types.ts';

/** A record longer than this is split at the entries of the level below. About 600 tokens. */
const MAX_RECORD_LENGTH = 2_000;
const MAX_DEPTH = 6;

/**
 * Records of JSON that stands on several lines: from the indentation, the smallest elements that still make sense on
 * their own. Every line belongs to one block.
 */
export function jsonBlocks(text: string): Block[] {
  const lines = textLines(text);
  const blocks: Block[] = [];
  const length = (from: number, to: number): number => lines[to - 1]!.end - lines[from]!.start;
  const push = (from: number, to: number): void => {
    if (lines.slice(from, to).every(({ blank }) => blank)) return;
    blocks.push({ kind: 'record', span: { start: lines[from]!.start, end: lines[to - 1]!.end } });
  };
  const visit = (from: number, to: number, depth: number): void => {
    if (to - from <= 1 || depth > MAX_DEPTH || length(from, to) <= MAX_RECORD_LENGTH) {
      push(from, to);
      return;
    }
    let base = Number.POSITIVE_INFINITY;
    for (let at = from; at < to; at++) if (!lines[at]!.blank) base = Math.min(base, lines[at]!.indent);
    let start = from;
    for (let at = from; at < to; at++) {
      const line = lines[at]!;
      const next = lines[at + 1];
      const ends = !line.blank && line.indent <= base && (at === to - 1 || !next || next.indent <= base || next.blank);
      if (!ends && at < to - 1) continue;
      if (at + 1 - start > 2 && length(start, at + 1) > MAX_RECORD_LENGTH) {
        push(start, start + 1);
        visit(start + 1, at, depth + 1);
        push(at, at + 1);
      } else push(start, at + 1);
      start = at + 1;
    }
    if (start < to) push(start, to);
  };
  visit(0, lines.length, 0);
  return joinShort(blocks);
}

/** Single values on their own are too little to be found by: neighbours are joined to about 300 characters. */
function joinShort(blocks: readonly Block[]): Block[] {
  const joined: Block[] = [];
  for (const block of blocks) {
    const last = joined.at(-1);
    if (last && block.span.end - last.span.start <= 300) {
      joined[joined.length - 1] = { kind: 'record', span: { start: last.span.start, end: block.span.end } };
    } else joined.push(block);
  }
  return joined;
}
