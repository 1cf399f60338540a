import { readText } from './decode.ts';
import { readFrontMatter } from './front-matter.ts';
import { describeFrontMatter } from './front-matter-fields.ts';
import { markdownStructure } from './markdown-structure.ts';
import { isBlank } from './paragraph-blocks.ts';
import { parsedDocument } from './parsed-document.ts';
import type { Parser } from './types.ts';
import { wikiFields } from './wiki-links.ts';

/** Markdown and its dialects; front matter becomes title, tags, date and metadata, and is no part of the text. */
export const markdownParser: Parser = {
  type: 'md',
  mediaTypes: ['text/markdown', 'text/x-markdown'],
  extensions: ['md', 'markdown', 'mdown', 'mkd', 'mkdn', 'mdx', 'mdwn', 'qmd', 'rmd'],
  async parse({ bytes, charset }) {
    const decoded = readText(bytes, { charset });
    const front = await readFrontMatter(decoded.text);
    // A file of front matter alone (a catalogue entry) has no other text to be found by.
    const bodyStart = isBlank(decoded.text, front.bodyStart, decoded.text.length) ? 0 : front.bodyStart;
    const text = bodyStart === 0 ? decoded.text : decoded.text.slice(bodyStart);
    const { sections, blocks, title } = markdownStructure(text);
    const fields = describeFrontMatter(front.values);
    const wiki = wikiFields(text);
    return parsedDocument({
      text,
      type: 'md',
      mediaType: 'text/markdown',
      title: fields.title ?? title,
      firstLine: countLines(decoded.text, bodyStart) + 1,
      language: fields.language,
      modifiedAt: fields.modifiedAt,
      tags: [...new Set([...fields.tags, ...(wiki?.tags ?? [])])],
      metadata: {
        ...(wiki?.links.length && { links: wiki.links }),
        ...(wiki?.embeds.length && { embeds: wiki.embeds }),
        ...front.values,
      },
      sections,
      blocks,
      warnings: [...decoded.warnings, ...front.warnings],
    });
  },
};

function countLines(text: string, end: number): number {
  let count = 0;
  for (let at = text.indexOf('\n'); at >= 0 && at < end; at = text.indexOf('\n', at + 1)) count++;
  return count;
}
