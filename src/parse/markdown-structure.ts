import type { Section } from '../domain/document.ts';
import { markdownBlocks } from './markdown-blocks.ts';
import { inlineText } from './markdown-inline.ts';
import type { Block } from './types.ts';

export type MarkdownStructure = {
  /** Headings; each reaches to the next one of the same or a higher level. */
  readonly sections: readonly Section[];
  /** Cover everything but white space. */
  readonly blocks: readonly Block[];
  /** The first heading of level 1, else the first block if it is a heading; without its markup. */
  readonly title: string | null;
};

/** Headings and blocks of Markdown text; one pass over the lines, so hostile nesting costs nothing. Never throws. */
export function markdownStructure(text: string): MarkdownStructure {
  const { blocks, headings } = markdownBlocks(text);
  const titled = headings.map(({ level, span }) => ({ level, start: span.start, title: headingTitle(text, span) }));
  const first =
    titled.find((heading) => heading.level === 1) ?? (blocks[0]?.kind === 'heading' ? titled[0] : undefined);
  return { sections: headingSections(titled, text.length), blocks, title: first?.title || null };
}

export type HeadingStart = { readonly level: number; readonly start: number; readonly title: string };

/** Headings in text order to sections: each ends where the next of the same or a higher level begins. */
export function headingSections(headings: readonly HeadingStart[], textLength: number): Section[] {
  const ends = new Array<number>(headings.length).fill(textLength);
  const open: number[] = [];
  headings.forEach((heading, index) => {
    while (open.length > 0 && headings[open.at(-1)!]!.level >= heading.level) ends[open.pop()!] = heading.start;
    open.push(index);
  });
  return headings.map(({ level, start, title }, index) => ({
    kind: 'heading',
    title,
    level,
    span: { start, end: ends[index]! },
  }));
}

function headingTitle(text: string, span: { start: number; end: number }): string {
  // Nobody reads a heading of more than 500 characters, and every later step costs per character.
  const source = text.slice(span.start, Math.min(span.end, span.start + 500)).trim();
  const body = source.startsWith('#')
    ? source.replace(/^#{1,6}/, '').replace(/(?<=^|\s)#+$/, '')
    : source.replace(/\n[ \t]*(?:=+|-+)[ \t]*$/, '');
  return inlineText(body);
}
