import { RagError } from '../platform/errors.ts';
import { isoDate } from './iso-date.ts';
import { parsedDocument } from './parsed-document.ts';
import { structuredText } from './structured-text.ts';
import type { ParsedDocument, ParseInput, Parser } from './types.ts';
import { attribute, readXml } from './xml.ts';

const mediaType = 'application/x-fictionbook+xml';

/** FictionBook 2: sections as nested headings, verses line by line, notes at the end as the file has them. */
export const fb2Parser: Parser = {
  type: 'fb2',
  mediaTypes: [mediaType, 'application/x-fictionbook'],
  extensions: ['fb2'],
  async parse({ bytes, limits }: ParseInput): Promise<ParsedDocument> {
    const text = structuredText(limits.maxTextLength);
    const described: Record<string, string[]> = {};
    const path: string[] = [];
    let sectionDepth = 0;
    let inTitle = false;
    let titleLines: string[] = [];
    let line = '';
    let cells: string[] | null = null;
    let firstRow = true;
    let date: string | null = null;
    let skipDepth = 0;
    let bodies = 0;

    const describe = (name: string, value: string) => {
      const list = described[name] ?? [];
      if (value !== '') list.push(value);
      described[name] = list;
    };
    const closeLine = (name: string) => {
      const content = line.replace(/\s+/g, ' ').trim();
      line = '';
      if (path.includes('title-info')) {
        if (name === 'book-title' || name === 'lang' || name === 'genre') describe(name, content);
        else if (name === 'first-name' || name === 'middle-name' || name === 'last-name') describe('author', content);
        return;
      }
      if (!path.includes('body')) return;
      if (cells) {
        if (name === 'td' || name === 'th') cells[cells.length - 1] = content;
      } else if (inTitle) {
        if (content !== '') titleLines.push(content);
      } else text.paragraph(content);
    };

    readXml(bytes, 'the book', {
      open(name, attributes) {
        if (skipDepth > 0 || name === 'binary') {
          skipDepth++;
          return;
        }
        path.push(name);
        if (name === 'body') bodies++;
        else if (name === 'section') sectionDepth++;
        else if (name === 'title') {
          inTitle = true;
          titleLines = [];
        } else if (name === 'date' && path.includes('title-info')) date = attribute(attributes, 'value') ?? null;
        else if (name === 'table') firstRow = true;
        else if (name === 'tr') cells = [];
        else if (name === 'td' || name === 'th') cells?.push('');
        if (blockNames.has(name)) line = '';
      },
      close(name) {
        if (skipDepth > 0) {
          skipDepth--;
          return;
        }
        if (blockNames.has(name)) closeLine(name);
        if (name === 'title') {
          inTitle = false;
          text.heading(Math.max(1, sectionDepth), titleLines.join(' '));
        } else if (name === 'section') sectionDepth--;
        else if (name === 'tr' && cells) {
          text.tableRow(cells, firstRow);
          firstRow = false;
          cells = null;
        }
        path.pop();
      },
      text(part) {
        if (skipDepth === 0) line += part;
      },
    });
    if (bodies === 0) throw new RagError('PARSE_FAILED', { message: 'Not a FictionBook: it has no body.' });
    const { title, ...structure } = text.finish();
    return parsedDocument({
      ...structure,
      type: 'fb2',
      mediaType,
      title: described['book-title']?.[0] ?? title,
      language: described.lang?.[0]?.toLowerCase() ?? null,
      modifiedAt: isoDate(date),
      metadata: described.author ? { author: described.author.join(' ') } : {},
    });
  },
};

const blockNames = new Set([
  'p',
  'v',
  'subtitle',
  'text-author',
  'td',
  'th',
  'book-title',
  'first-name',
  'middle-name',
  'last-name',
  'lang',
  'genre',
]);
