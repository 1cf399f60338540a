import type { Section } from '../domain/document.ts';
import type { Span } from '../domain/span.ts';
import { RagError } from '../platform/errors.ts';
import { type HeadingStart, headingSections } from './markdown-structure.ts';
import { normalizeText } from './normalize-text.ts';
import type { Block } from './types.ts';

/** Builds the text of a document with its structure, in the look of Markdown; blank parts leave nothing. */
export type StructuredText = {
  /** @param level 1 to 6; others are brought into range */
  heading(level: number, text: string): void;
  paragraph(text: string): void;
  /** @param marker as it is shown: "-", "3.", "(b)" */
  listItem(text: string, depth: number, marker: string): void;
  /** The first row of a table, and any row of which `startsTable` is true, is the header of those that follow. */
  tableRow(cells: readonly string[], startsTable: boolean): void;
  /** Text with structure of its own, as one of the other parsers made it; pages of it are left out. */
  append(part: {
    readonly text: string;
    readonly blocks: readonly Block[];
    readonly sections: readonly Section[];
  }): void;
  /** Everything up to the next call belongs to this page (slide, 1-based). */
  page(page: number): void;
  readonly length: number;
  finish(): { text: string; sections: Section[]; blocks: Block[]; title: string | null };
};

// Deeper lists are drawn at this depth; an indent of thousands of spaces helps nobody.
const deepestIndent = 8;

/** @throws RagError PARSE_TOO_LARGE from any step that passes `maxTextLength` */
export function structuredText(maxTextLength: number): StructuredText {
  const parts: string[] = [];
  const blocks: Block[] = [];
  const headings: HeadingStart[] = [];
  const pages: { page: number; start: number }[] = [];
  let length = 0;
  let last: Block['kind'] | null = null;
  let header: Span | null = null;

  const push = (part: string) => {
    parts.push(part);
    length += part.length;
    if (length > maxTextLength)
      throw new RagError('PARSE_TOO_LARGE', {
        message: `The document has more than ${maxTextLength} characters of text.`,
        hint: 'Split the file, or raise the limit.',
      });
  };
  const add = (kind: Block['kind'], text: string, extra: { header?: Span } = {}): Span => {
    const tight = last === kind && (kind === 'list-item' || (kind === 'table-row' && extra.header !== undefined));
    if (length > 0) push(tight ? '\n' : '\n\n');
    const span = { start: length, end: length + text.length };
    push(text);
    blocks.push({ kind, span, ...extra });
    last = kind;
    return span;
  };

  return {
    heading(level, text) {
      const title = oneLine(text);
      if (title === '') return;
      const depth = Math.min(6, Math.max(1, Math.trunc(level)));
      const span = add('heading', `${'#'.repeat(depth)} ${title}`);
      headings.push({ level: depth, start: span.start, title });
    },
    paragraph(text) {
      const clean = tidy(text);
      if (clean !== '') add('paragraph', clean);
    },
    listItem(text, depth, marker) {
      const clean = tidy(text);
      if (clean === '') return;
      const indent = '  '.repeat(Math.min(deepestIndent, Math.max(0, depth)));
      add('list-item', `${indent}${marker} ${clean.replaceAll('\n', `\n${indent}  `)}`);
    },
    tableRow(cells, startsTable) {
      const clean = cells.map((cell) => oneLine(cell).replaceAll('|', '\\|'));
      if (clean.every((cell) => cell === '')) return;
      const row = `| ${clean.join(' | ')} |`;
      if (header && !startsTable && last === 'table-row') add('table-row', row, { header });
      else header = add('table-row', `${row}\n|${' --- |'.repeat(clean.length)}`);
    },
    append(part) {
      if (part.text === '') return;
      if (length > 0) push('\n\n');
      const moved = ({ start, end }: Span): Span => ({ start: start + base, end: end + base });
      const base = length;
      push(part.text);
      for (const block of part.blocks)
        blocks.push({ ...block, span: moved(block.span), ...(block.header ? { header: moved(block.header) } : {}) });
      for (const section of part.sections)
        if (section.kind === 'heading')
          headings.push({ level: section.level, start: section.span.start + base, title: section.title });
      last = null;
    },
    page(page) {
      pages.push({ page, start: length });
      last = null;
    },
    get length() {
      return length;
    },
    finish() {
      const text = parts.join('');
      const sections = [...headingSections(headings, length), ...pageSections(pages, text)];
      sections.sort((a, b) => a.span.start - b.span.start || b.span.end - a.span.end);
      const first =
        headings.find((heading) => heading.level === 1) ?? (blocks[0]?.kind === 'heading' ? headings[0] : undefined);
      return { text, sections, blocks, title: first?.title ?? null };
    },
  };
}

function pageSections(pages: readonly { page: number; start: number }[], text: string): Section[] {
  const sections: Section[] = [];
  pages.forEach(({ page, start }, index) => {
    let from = start;
    while (text[from] === '\n') from++;
    const end = pages[index + 1]?.start ?? text.length;
    if (from < end) sections.push({ kind: 'page', page, span: { start: from, end } });
  });
  return sections;
}

const tidy = (text: string): string =>
  normalizeText(text)
    .replace(/[\u0001-\u0008\u000b-\u001f\u007f\u00ad]/g, '')
    .replace(/[ \t\u00a0]+/g, ' ')
    .replace(/ ?\n ?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim();

const oneLine = (text: string): string => tidy(text).replace(/\s+/g, ' ');
