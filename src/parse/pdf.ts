import type { Section } from '../domain/document.ts';
import { messageOf, RagError } from '../platform/errors.ts';
import { normalizeText } from './normalize-text.ts';
import { parsedDocument } from './parsed-document.ts';
import { type AnnotationText, annotationText } from './pdf/annotation-text.ts';
import { readInformation } from './pdf/information.ts';
import { illegibleShare, readsLikeCipher } from './pdf/legibility.ts';
import { openPdf, type PdfDocument, type PdfPage, type PdfTextContent, type PdfTextItem } from './pdf/load-pdfjs.ts';
import { collectHyphenated, type Paragraph, paragraphs } from './pdf/paragraphs.ts';
import { type Column, readingOrder } from './pdf/reading-order.ts';
import { refuseStreamBombs } from './pdf/stream-bombs.ts';
import { type Segment, textSegments } from './pdf/text-segments.ts';
import { titleLine } from './pdf/title-line.ts';
import { recognitionWarnings } from './recognition-warnings.ts';
import type { Block, ParsedDocument, ParseInput, ParseLimits, Parser, RecognizedPage } from './types.ts';

// A dense map or a page of glyphs placed one by one has under 20,000; each costs memory and time to lay out.
const mostRunsOfPage = 200_000;

type ReadPage = { readonly page: number; readonly columns: Column[]; readonly comments: string[] };

/** PDF, page by page: text in reading order, form values in their place, comments at the end of their page. */
export const pdfParser: Parser = {
  type: 'pdf',
  mediaTypes: ['application/pdf', 'application/x-pdf'],
  extensions: ['pdf'],
  async parse({ bytes, limits, recognized = [] }: ParseInput): Promise<ParsedDocument> {
    refuseStreamBombs(bytes, limits.maxInflatedBytes);
    const document = await open(bytes);
    try {
      return await read(document, { limits, recognized: new Map(recognized.map((page) => [page.page, page])) });
    } finally {
      await document.destroy();
    }
  },
};

async function open(bytes: Uint8Array): Promise<PdfDocument> {
  try {
    return await openPdf(bytes);
  } catch (error) {
    if ((error as Error).name === 'PasswordException')
      throw new RagError('PARSE_ENCRYPTED', {
        message: 'The PDF is encrypted and a password is needed to open it.',
        hint: 'Save a copy without a password, for example `qpdf --decrypt --password=... in.pdf out.pdf`.',
        cause: error,
      });
    throw new RagError('PARSE_FAILED', {
      message: `The PDF is damaged and cannot be opened: ${messageOf(error)}`,
      hint: 'Get the file again, or repair it, for example with `qpdf in.pdf out.pdf`.',
      cause: error,
    });
  }
}

type Reading = { readonly limits: ParseLimits; readonly recognized: ReadonlyMap<number, RecognizedPage> };

async function read(document: PdfDocument, { limits, recognized }: Reading): Promise<ParsedDocument> {
  const warnings: string[] = [];
  const pages: ReadPage[] = [];
  const hyphenated = new Set<string>();
  const failures: string[] = [];
  const lastPage = Math.min(document.numPages, limits.maxPages);
  if (lastPage < document.numPages)
    warnings.push(`Only the first ${lastPage} of ${document.numPages} pages were read (limit ${limits.maxPages}).`);
  let length = 0;
  for (let page = 1; page <= lastPage; page++) {
    try {
      const content = await readPage(document, page, limits.maxTextLength - length);
      length += content.length;
      collectHyphenated(content.page.columns, hyphenated);
      pages.push(content.page);
    } catch (error) {
      if (error instanceof RagError) throw error;
      failures.push(messageOf(error));
      if (failures.length <= 5) warnings.push(`Page ${page} could not be read: ${messageOf(error)}`);
    }
  }
  if (failures.length > 5) warnings.push(`${failures.length} pages in all could not be read.`);
  if (pages.length === 0)
    throw new RagError('PARSE_FAILED', {
      message: `The PDF is damaged: none of its ${lastPage} pages can be read (${failures[0] ?? 'it has no pages'}).`,
      hint: 'Get the file again, or repair it, for example with `qpdf in.pdf out.pdf`.',
    });
  const assembled = assemble(pages, hyphenated, recognized);
  warnings.push(...recognitionWarnings([...recognized.values()]));
  refuseWithoutText(assembled.text, pages.length, warnings);
  const pictures = assembled.emptyPages.filter((page) => !recognized.has(page));
  if (pictures.length > 0)
    warnings.push(
      `No text on ${pictures.length} of ${pages.length} pages (${listPages(pictures)}): blank, or scanned, which --ocr reads.`,
    );
  const information = readInformation((await document.getMetadata().catch(() => ({ info: {} }))).info);
  return parsedDocument({
    text: assembled.text,
    title: information.title ?? assembled.title,
    mediaType: 'application/pdf',
    type: 'pdf',
    modifiedAt: information.modifiedAt,
    metadata: { ...information.metadata, pages: document.numPages },
    sections: assembled.sections,
    blocks: assembled.blocks,
    warnings,
    ...(pictures.length > 0 && { picturePages: pictures }),
  });
}

async function readPage(
  document: PdfDocument,
  page: number,
  maxLength: number,
): Promise<{ page: ReadPage; length: number }> {
  const handle = await document.getPage(page);
  const content = await boundedTextContent(handle, page, maxLength);
  const annotations: AnnotationText = await handle
    .getAnnotations({ intent: 'display' })
    .then(annotationText, () => ({ placed: [], comments: [] }));
  handle.cleanup();
  const groups = textSegments(content);
  const upright = groups[0] ?? { angle: 0, segments: [] };
  if (groups.length === 0) groups.push(upright);
  for (const { text, rect, size } of annotations.placed) {
    const [left, bottom, right, top] = rect;
    const y = bottom + Math.max(0, (top - bottom - size) / 2) + 0.15 * size;
    const segment: Segment = {
      text,
      left,
      right: Math.min(right, left + 0.6 * size * text.length),
      y,
      size,
      rtl: false,
      monospace: false,
      font: '',
    };
    if (
      !upright.segments.some(
        (other) =>
          other.text.trim() === text && Math.abs(other.y - y) < 2 * size && Math.abs(other.left - left) < 4 * size,
      )
    )
      upright.segments.push(segment);
  }
  const columns = groups.flatMap((group) => readingOrder(group.segments));
  const length = columns.reduce((sum, column) => sum + column.reduce((chars, line) => chars + line.text.length, 0), 0);
  return { page: { page, columns, comments: annotations.comments }, length };
}

/** The page's text runs, read as they come so that an endless page stops at the limit. */
async function boundedTextContent(handle: PdfPage, page: number, maxLength: number): Promise<PdfTextContent> {
  const items: PdfTextItem[] = [];
  const styles: Record<string, { fontFamily?: string; vertical?: boolean }> = {};
  let length = 0;
  const reader = handle.streamTextContent({ includeMarkedContent: false }).getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return { items, styles };
    for (const item of value.items) {
      items.push(item);
      length += item.str?.length ?? 0;
    }
    Object.assign(styles, value.styles);
    if (items.length > mostRunsOfPage) {
      await reader.cancel(new Error('run limit reached'));
      throw new RagError('PARSE_TOO_LARGE', {
        message: `Page ${page} of the PDF draws more than ${mostRunsOfPage} separate runs of text.`,
        hint: 'Do not trust this file; no genuine page is like that.',
      });
    }
    if (length > maxLength) {
      await reader.cancel(new Error('text limit reached'));
      throw new RagError('PARSE_TOO_LARGE', {
        message: `The PDF has more text than the limit of characters allows; the limit was reached on page ${page}.`,
        hint: 'Split the file, or raise the limit for the text of one document.',
      });
    }
  }
}

type Assembled = { title: string | null; text: string; sections: Section[]; blocks: Block[]; emptyPages: number[] };

function assemble(
  pages: readonly ReadPage[],
  hyphenated: ReadonlySet<string>,
  recognized: Reading['recognized'],
): Assembled {
  const parts: string[] = [];
  const sections: Section[] = [];
  const blocks: Block[] = [];
  const emptyPages: number[] = [];
  let offset = 0;
  let title: string | null = null;
  const push = (part: string) => {
    parts.push(part);
    offset += part.length;
  };
  for (const { page, columns, comments } of pages) {
    const picture = recognized.get(page);
    const found: Paragraph[] = picture
      ? recognizedParagraphs(picture)
      : columns.flatMap((column) => paragraphs(column, hyphenated));
    if (page === 1) title = titleLine(found);
    for (const text of comments) found.push({ kind: 'paragraph', text, size: 0 });
    let pageStart = -1;
    let previous: Paragraph | null = null;
    for (const paragraph of found) {
      const text = cleanText(paragraph.text);
      if (text === '') continue;
      const tight = previous !== null && previous.kind === paragraph.kind && paragraph.kind !== 'paragraph';
      if (offset > 0) push(tight ? '\n' : '\n\n');
      if (pageStart === -1) pageStart = offset;
      blocks.push({ kind: paragraph.kind, span: { start: offset, end: offset + text.length } });
      push(text);
      previous = paragraph;
    }
    if (pageStart === -1) emptyPages.push(page);
    else sections.push({ kind: 'page', page, span: { start: pageStart, end: offset } });
  }
  return { title, text: parts.join(''), sections, blocks, emptyPages };
}

const cleanText = (text: string): string =>
  normalizeText(text)
    .replace(/[\u0000-\u0008\u000b-\u001f\u007f\u00ad]/g, '')
    .replace(/\u00a0/g, ' ')
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .trim();

/** In place of the layer of text that the page has, which is none, or of no use. */
const recognizedParagraphs = ({ text }: RecognizedPage): Paragraph[] =>
  text.split(/\n{2,}/).map((paragraph) => ({ kind: 'paragraph', text: paragraph, size: 0 }));

function refuseWithoutText(text: string, pageCount: number, warnings: string[]): void {
  const pages = pageCount === 1 ? '1 page' : `${pageCount} pages`;
  if (!/[\p{L}\p{N}]/u.test(text))
    throw new RagError('PARSE_NO_TEXT', {
      message: `The PDF has ${pages} without a text layer (scanned?); OCR is needed, which --ocr does.`,
      hint: 'Add it with --ocr, which has Tesseract read the pages.',
      details: { picturePages: pageNumbers(pageCount) },
    });
  const illegible = illegibleShare(text);
  if (illegible > 0.4)
    throw new RagError('PARSE_NO_TEXT', {
      message: `The fonts of this PDF (${pages}) carry no usable character map: ${Math.round(illegible * 100)}% of its text is illegible.`,
      hint: 'Add it with --ocr, which has Tesseract read the pages as pictures.',
      details: { picturePages: pageNumbers(pageCount) },
    });
  if (readsLikeCipher(text)) warnings.push('The text reads like no language: a font may carry a wrong character map.');
  if (illegible > 0.05)
    warnings.push(
      `${Math.round(illegible * 100)}% of the text is illegible: some fonts carry no usable character map.`,
    );
}

const pageNumbers = (count: number): number[] => Array.from({ length: count }, (_, at) => at + 1);

function listPages(pages: readonly number[]): string {
  const shown = pages.slice(0, 10).join(', ');
  return pages.length > 10 ? `${shown} ...` : shown;
}
