import { readText } from './decode.ts';
import type { HeadingStart } from './markdown-structure.ts';
import { headingSections } from './markdown-structure.ts';
import { paragraphBlocks } from './paragraph-blocks.ts';
import { parsedDocument } from './parsed-document.ts';
import { type TextLine, textLines } from './text-lines.ts';
import type { Block, Parser } from './types.ts';

/** reStructuredText as its own text: headings and paragraphs, everything else as it stands. */
export const rstParser: Parser = {
  type: 'rst',
  mediaTypes: ['text/x-rst', 'text/prs.fallenstein.rst'],
  extensions: ['rst', 'rest'],
  async parse({ bytes, charset }) {
    const { text, warnings } = readText(bytes, { charset });
    const found = underlinedHeadings(text);
    const starts = found.map(({ level, start, title }) => ({ level, start, title }));
    return parsedDocument({
      text,
      type: 'rst',
      mediaType: 'text/x-rst',
      title: found[0]?.title ?? null,
      firstLine: 1,
      sections: headingSections(starts, text.length),
      blocks: withHeadings(paragraphBlocks(text), found),
      warnings,
    });
  },
};

type Heading = HeadingStart & { readonly end: number };

/**
 * A line over (and perhaps under) a line of one punctuation mark at least as long. Levels go by the order in which the
 * styles turn up. Source: docutils, reStructuredText Markup Specification, "Sections".
 */
function underlinedHeadings(text: string): Heading[] {
  const lines = textLines(text);
  const headings: Heading[] = [];
  const styles: string[] = [];
  for (let at = 0; at + 1 < lines.length; at++) {
    const over = adornment(text, lines[at]!);
    const titleAt = over && at + 2 < lines.length && adornment(text, lines[at + 2]!) === over ? at + 1 : at;
    const overlined = titleAt > at;
    const title = lines[titleAt]!;
    const under = adornment(text, lines[titleAt + 1]!);
    if (title.blank || !under || (!overlined && (over || title.indent > 0))) continue;
    const content = text.slice(title.first, title.end).trimEnd();
    const underLength = lines[titleAt + 1]!.end - lines[titleAt + 1]!.start;
    if (content.length > underLength + 2 || (at > 0 && !overlined && !lines[at - 1]!.blank)) continue;
    const style = overlined ? `${under}${under}` : under;
    if (!styles.includes(style)) styles.push(style);
    headings.push({
      level: Math.min(styles.indexOf(style) + 1, 6),
      start: lines[at]!.start,
      end: lines[titleAt + 1]!.end,
      title: content.replace(/``?|\*\*?/g, '').slice(0, 300),
    });
    at = titleAt + 1;
  }
  return headings;
}

/** The mark, when the line is nothing but three or more of it. */
function adornment(text: string, line: TextLine): string | null {
  const mark = text[line.first];
  if (line.indent > 0 || !mark || !/[!-/:-@[-`{-~]/.test(mark)) return null;
  let at = line.first;
  while (at < line.end && text[at] === mark) at++;
  return at - line.first >= 3 && text.slice(at, line.end).trim() === '' ? mark : null;
}

/** Cuts paragraphs at headings, so that a heading is a block of its own. */
function withHeadings(paragraphs: readonly Block[], headings: readonly Heading[]): Block[] {
  const blocks: Block[] = [];
  let next = 0;
  for (const { kind, span } of paragraphs) {
    let { start } = span;
    for (; next < headings.length && headings[next]!.start < span.end; next++) {
      const heading = headings[next]!;
      if (heading.start > start) blocks.push({ kind, span: { start, end: heading.start } });
      blocks.push({ kind: 'heading', span: { start: heading.start, end: heading.end } });
      start = heading.end;
    }
    if (start < span.end) blocks.push({ kind, span: { start, end: span.end } });
  }
  return blocks.filter(({ span }) => span.end > span.start);
}
