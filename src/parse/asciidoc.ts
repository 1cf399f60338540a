import { asciidocHeader } from './asciidoc/header.ts';
import { asciidocStructure } from './asciidoc/structure.ts';
import { readText } from './decode.ts';
import { headingSections } from './markdown-structure.ts';
import { parsedDocument } from './parsed-document.ts';
import type { Parser } from './types.ts';

/** AsciiDoc as its own text, so that its lines are the file's; nothing is included and no attribute is filled in but in titles. */
export const asciidocParser: Parser = {
  type: 'adoc',
  mediaTypes: ['text/asciidoc', 'text/x-asciidoc'],
  extensions: ['adoc', 'asciidoc'],
  async parse({ bytes, charset }) {
    const { text, warnings } = readText(bytes, { charset });
    const header = asciidocHeader(text);
    const { headings, blocks } = asciidocStructure(text);
    const titled = headings.map((heading) => ({ ...heading, title: plainTitle(heading.title, header.attributes) }));
    const first = titled.find(({ level }) => level === 1) ?? (blocks[0]?.kind === 'heading' ? titled[0] : undefined);
    return parsedDocument({
      text,
      type: 'adoc',
      mediaType: 'text/asciidoc',
      title: (header.title !== null ? plainTitle(header.title, header.attributes) : first?.title) ?? null,
      firstLine: 1,
      language: header.language,
      modifiedAt: header.modifiedAt,
      tags: header.tags,
      metadata: header.metadata,
      sections: headingSections(titled, text.length),
      blocks,
      warnings,
    });
  },
};

/** A title without marks: `*Fast* link:x[paths] {product}` becomes `Fast paths Reedbed`. */
const plainTitle = (title: string, attributes: ReadonlyMap<string, string>): string =>
  title
    .slice(0, 400)
    .replace(/\{([\w-]{1,60})\}/g, (whole, name: string) => attributes.get(name.toLowerCase()) || whole)
    .replace(/\[\[[^\]]{0,100}\]\]|\[#[^\]]{0,100}\]/g, '')
    .replace(/(?:link|xref|mailto):[^\s[\]]{1,200}\[([^\]]{1,200})\]/g, '$1')
    .replace(/https?:\/\/[^\s[\]]{1,200}\[([^\]]{1,200})\]/g, '$1')
    .replace(/<<[^<>,]{1,100},([^<>]{1,200})>>/g, '$1')
    .replace(/(\*\*|__|``|##)(?=\S)([^\n]{1,200}?)\1/g, '$2')
    .replace(/(?<![\w*_`])([*_`+])(?=\S)([^*_`+]{1,200})(?<=\S)\1(?![\w*_`])/g, '$2')
    .replace(/\s+[=#]+$/, '')
    .replace(/\s+/g, ' ')
    .trim()
    .slice(0, 300);
