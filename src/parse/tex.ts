import { readText } from './decode.ts';
import { isoDate } from './iso-date.ts';
import { lineBlocks } from './line-blocks.ts';
import { headingSections } from './markdown-structure.ts';
import { parsedDocument } from './parsed-document.ts';
import type { LineKind } from './tex/line-writer.ts';
import { readTex } from './tex/read-tex.ts';
import { textLines } from './text-lines.ts';
import type { Block, Parser } from './types.ts';

/** LaTeX as readable text, line for line, so that its lines are the file's. */
export const texParser: Parser = {
  type: 'tex',
  mediaTypes: ['text/x-tex', 'application/x-tex', 'application/x-latex'],
  extensions: ['tex', 'ltx', 'latex'],
  async parse({ bytes, charset }) {
    const decoded = readText(bytes, { charset });
    const tex = readTex(decoded.text);
    // The preamble leaves empty lines.
    const start = startOfText(tex.text);
    const text = tex.text.slice(start.offset);
    const headings = tex.headings.map((heading) => ({ ...heading, start: Math.max(0, heading.start - start.offset) }));
    return parsedDocument({
      text,
      type: 'tex',
      mediaType: 'text/x-tex',
      title: tex.title ?? headings[0]?.title ?? null,
      firstLine: start.line + 1,
      modifiedAt: isoDate(tex.date),
      metadata: tex.author ? { author: tex.author } : {},
      sections: headingSections(headings, text.length),
      blocks: blocksOf(text, tex.kinds, start.line),
      warnings: decoded.warnings,
    });
  },
};

function startOfText(text: string): { readonly offset: number; readonly line: number } {
  let line = 0;
  let offset = 0;
  for (let at = 0; at < text.length && text[at]!.trim() === ''; at++)
    if (text[at] === '\n') {
      line++;
      offset = at + 1;
    }
  return { offset, line };
}

function blocksOf(text: string, kinds: ReadonlyMap<number, LineKind>, firstLine: number): readonly Block[] {
  const blocks = lineBlocks();
  for (const [index, line] of textLines(text).entries()) {
    const kind = kinds.get(index + firstLine);
    if (line.blank && kind !== 'code') {
      if (kind !== 'comment') blocks.cut();
    } else if (kind === 'code') blocks.add('code', line);
    else if (kind === 'heading' || kind === 'list-item' || kind === 'table-row') {
      blocks.begin(kind, line);
      if (kind === 'heading') blocks.cut();
    } else if (/^(?:code|table-row)$/.test(blocks.blocks.at(-1)?.kind ?? '')) blocks.begin('paragraph', line);
    else blocks.continue('paragraph', line);
  }
  return blocks.blocks;
}
