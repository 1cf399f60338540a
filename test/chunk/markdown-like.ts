import type { Section } from '../../src/domain/document.ts';
import type { Block, ParsedDocument } from '../../src/parse/types.ts';

export type ChunkInput = Pick<ParsedDocument, 'text' | 'sections' | 'blocks' | 'type'>;

/** Headings, list items, table rows, fenced code and paragraphs of a Markdown text, as the parser would mark them. */
export function markdownLike(text: string): ChunkInput {
  const blocks: Block[] = [];
  const sections: Section[] = [];
  const pattern = /```[\s\S]*?(?:```|$)|[^\n]+(?:\n(?!#|- |\||```)[^\n]+)*/g;
  for (const match of text.matchAll(pattern)) {
    const span = { start: match.index, end: match.index + match[0].length };
    const heading = /^(#{1,6}) (.*)$/.exec(match[0]);
    if (heading) {
      sections.push({
        kind: 'heading',
        title: heading[2]!,
        level: heading[1]!.length,
        span: { ...span, end: text.length },
      });
    }
    blocks.push({ kind: kindOf(match[0], heading !== null), span });
  }
  return { text, sections, blocks, type: 'md' };
}

function kindOf(block: string, isHeading: boolean): Block['kind'] {
  if (isHeading) return 'heading';
  if (block.startsWith('- ')) return 'list-item';
  if (block.startsWith('|')) return 'table-row';
  return block.startsWith('```') ? 'code' : 'paragraph';
}

/** A small generator of the same numbers for the same seed (mulberry32). */
export function createRandom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}
