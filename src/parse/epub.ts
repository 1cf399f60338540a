import { posix } from 'node:path';
import { messageOf, RagError } from '../platform/errors.ts';
import { readText } from './decode.ts';
import { readBook } from './epub/book.ts';
import { renderXhtml } from './epub/xhtml.ts';
import type { RenderedHtml } from './html-render.ts';
import { isJunkTitle } from './junk-title.ts';
import { parsedDocument } from './parsed-document.ts';
import { structuredText } from './structured-text.ts';
import type { ParsedDocument, ParseInput, Parser } from './types.ts';
import { openZip } from './unzip.ts';

const mediaType = 'application/epub+zip';

/** E-books: the chapters in the order of the spine, each with a heading from its text or the table of contents. */
export const epubParser: Parser = {
  type: 'epub',
  mediaTypes: [mediaType],
  extensions: ['epub'],
  async parse({ bytes, limits }: ParseInput): Promise<ParsedDocument> {
    const archive = openZip(bytes, limits);
    const book = readBook(archive);
    const text = structuredText(limits.maxTextLength);
    const warnings: string[] = [];
    for (const { path, label, scripted } of book.chapters) {
      const chapter = archive.read(path);
      if (!chapter) {
        warnings.push(`The chapter "${posix.basename(path)}" is missing from the archive.`);
        continue;
      }
      try {
        const rendered = await renderXhtml(readText(chapter).text, { scripted });
        const untitled = book.chapters.length > 1 && rendered.sections.length === 0;
        if (label === null || rendered.text === '' || !untitled) text.append(rendered);
        else if (beginsWithLabel(rendered, label)) text.append(underLabel(rendered, label));
        else {
          text.heading(1, label);
          text.append(rendered);
        }
      } catch (error) {
        if (error instanceof RagError) throw error;
        warnings.push(`The chapter "${posix.basename(path)}" could not be read: ${messageOf(error)}`);
      }
    }
    if (text.length === 0)
      throw new RagError('PARSE_NO_TEXT', {
        message: `The book's ${book.chapters.length} chapters have no text (pages as pictures?); OCR is needed.`,
      });
    const { title, ...structure } = text.finish();
    return parsedDocument({
      ...structure,
      type: 'epub',
      mediaType,
      title: book.title && !isJunkTitle(book.title) ? book.title : title,
      language: book.language,
      modifiedAt: book.modifiedAt,
      metadata: book.metadata,
      warnings,
    });
  },
};

/** Whether a page without headings says its own name first, as a paragraph. */
function beginsWithLabel({ text, blocks }: RenderedHtml, label: string): boolean {
  const first = blocks[0];
  const plain = (words: string) => words.replace(/\s+/g, ' ').trim().toLowerCase();
  return first !== undefined && plain(text.slice(first.span.start, first.span.end)) === plain(label);
}

function underLabel({ text, blocks }: RenderedHtml, label: string): RenderedHtml {
  const [first, ...others] = blocks;
  const start = first?.span.start ?? 0;
  return {
    text,
    blocks: first ? [{ ...first, kind: 'heading' }, ...others] : blocks,
    sections: [{ kind: 'heading', title: label, level: 1, span: { start, end: text.length } }],
  };
}
