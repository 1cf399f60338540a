import type { Block } from './types.ts';

/** One block for each run of lines without a blank line between them. Linear. */
export function paragraphBlocks(text: string, kind: Block['kind'] = 'paragraph'): Block[] {
  const blocks: Block[] = [];
  let start = -1;
  let end = 0;
  for (let at = 0; at < text.length; ) {
    const newline = text.indexOf('\n', at);
    const lineEnd = newline < 0 ? text.length : newline;
    if (isBlank(text, at, lineEnd)) {
      if (start >= 0) blocks.push({ kind, span: { start, end } });
      start = -1;
    } else {
      if (start < 0) start = at;
      end = lineEnd;
    }
    at = lineEnd + 1;
  }
  if (start >= 0) blocks.push({ kind, span: { start, end } });
  return blocks;
}

/** Whether text[start, end) is white space only. */
export function isBlank(text: string, start: number, end: number): boolean {
  for (let at = start; at < end; at++) {
    const code = text.charCodeAt(at);
    if (code === 0x20 || (code >= 9 && code <= 13)) continue;
    if (code < 0xa0 || text.charAt(at).trim() !== '') return false;
  }
  return true;
}
