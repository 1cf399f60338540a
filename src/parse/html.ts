import { messageOf, RagError } from '../platform/errors.ts';
import { type DecodedText, readText } from './decode.ts';
import { flatText } from './html-flat.ts';
import { htmlMetadata } from './html-metadata.ts';
import { pruneBoilerplate } from './html-prune.ts';
import { markMainHeadings, type RenderedHtml, renderHtml } from './html-render.ts';
import { whyNoDom } from './html-shape.ts';
import { leaveOutBlocks } from './page/leave-out-blocks.ts';
import { paragraphBlocks } from './paragraph-blocks.ts';
import { parsedDocument } from './parsed-document.ts';
import type { ParsedDocument, ParseInput, Parser } from './types.ts';

const MEDIA_TYPE = 'text/html';

/** A page that pruning leaves almost empty has its content in elements with misleading names. */
const MIN_KEPT_BY_PRUNING = 0.1;
/** Readability is made for articles: of a short page or of one that is no article, it may take the wrong part. */
const SHORT_PAGE_LENGTH = 2_000;
const MIN_KEPT_OF_SHORT_PAGE = 0.6;
const MIN_KEPT_OF_PAGE = 0.2;
/** Longer pages (books, listings, tables of data) are no articles, and Readability takes seconds for them. */
const MAX_ARTICLE_LENGTH = 1_000_000;
const MAX_ARTICLE_BLOCKS = 10_000;

/**
 * Web pages: the main content as Markdown, without navigation, scripts and what is hidden. Readability chooses the
 * content; where it keeps too little of the page, the whole body is taken.
 */
export const htmlParser: Parser = {
  type: 'html',
  mediaTypes: [MEDIA_TYPE, 'application/xhtml+xml'],
  extensions: ['html', 'htm', 'xhtml', 'shtml'],
  async parse({ bytes, charset, leaveOut }) {
    return parseHtmlText(readHtml({ bytes, charset }), leaveOut);
  },
};

/** HTML that is text already (a part of a saved page or a mail) to a document; see ParseInput.leaveOut. */
export async function parseHtmlText(
  { text: html, warnings }: Pick<DecodedText, 'text' | 'warnings'>,
  leaveOut: readonly string[] = [],
): Promise<ParsedDocument> {
  const { document, reason } = await htmlDocument(html);
  if (document === null) {
    const text = await decodeEntities(flatText(html));
    if (text === '') throw noText();
    return parsedDocument({
      text,
      type: 'html',
      mediaType: MEDIA_TYPE,
      blocks: paragraphBlocks(text),
      warnings: [...warnings, `Read without its structure: ${reason}.`],
    });
  }
  if (leaveOut.length > 0 && document.body) leaveOutBlocks(document.body, leaveOut);
  const { title, ...described } = htmlMetadata(document);
  const { rendered, note } = await mainContent(document);
  if (rendered.text === '') throw noText();
  const heading = rendered.sections.find((section) => section.kind === 'heading');
  return parsedDocument({
    ...described,
    ...rendered,
    type: 'html',
    mediaType: MEDIA_TYPE,
    title: title ?? (heading?.kind === 'heading' ? heading.title : null),
    warnings: note ? [...warnings, note] : warnings,
  });
}

/** A page as text, by its own word for its encoding where no header has one. */
export const readHtml = ({ bytes, charset }: Pick<ParseInput, 'bytes' | 'charset'>): DecodedText =>
  readText(bytes, { charset: charset ?? declaredCharset(bytes) });

/** The DOM of a page, or why none is built. */
export async function htmlDocument(
  html: string,
): Promise<
  { readonly document: Document; readonly reason: null } | { readonly document: null; readonly reason: string }
> {
  const reason = whyNoDom(html);
  return reason ? { document: null, reason } : { document: await toDocument(html), reason: null };
}

async function toDocument(source: string): Promise<Document> {
  const { parseHTML } = await import('linkedom');
  return parseHTML(withRoot(source)).document as unknown as Document;
}

/** linkedom takes the first element for the root, so a page without `<html>` or a fragment gets one. */
function withRoot(source: string): string {
  if (/<html[\s>]/i.test(source)) return source;
  const inside = /<(?:body|head|frameset)[\s>]/i.test(source) ? source : `<head></head><body>${source}</body>`;
  return `<html>${inside}</html>`;
}

const noText = (): RagError =>
  new RagError('PARSE_NO_TEXT', {
    message: 'The page has no readable text (a JavaScript application or a frameset?).',
    hint: 'Save the page from a browser after it has loaded, or give the address of its content.',
  });

async function mainContent(document: Document): Promise<{ rendered: RenderedHtml; note: string | null }> {
  const body = document.body ?? document.documentElement;
  const whole = renderHtml(body);
  pruneBoilerplate(body);
  markMainHeadings(body);
  const pruned = renderHtml(body);
  const page = pruned.text.length > whole.text.length * MIN_KEPT_BY_PRUNING ? pruned : whole;
  if (page.text.length > MAX_ARTICLE_LENGTH || page.blocks.length > MAX_ARTICLE_BLOCKS)
    return { rendered: page, note: null };
  const { Readability } = await import('@mozilla/readability');
  try {
    const options = { serializer: (node: Node) => node as Element, charThreshold: 300, disableJSONLD: true };
    const content = new Readability<Element>(document as never, options).parse()?.content;
    const article = content ? renderHtml(content) : null;
    const least = page.text.length < SHORT_PAGE_LENGTH ? MIN_KEPT_OF_SHORT_PAGE : MIN_KEPT_OF_PAGE;
    return { rendered: article && article.text.length >= page.text.length * least ? article : page, note: null };
  } catch (error) {
    return {
      rendered: page,
      note: `Main content not found (${messageOf(error).slice(0, 100)}); the whole page was taken.`,
    };
  }
}

/** `<meta charset>`, its http-equiv form or an XML declaration in the first 4 KB (HTML standard: 1,024 bytes). */
function declaredCharset(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 4_096)).toString('latin1');
  const match =
    /<meta[^>]{0,300}?\bcharset\s*=\s*["']?\s*([\w.:-]{2,40})/i.exec(head) ??
    /<\?xml[^>]{0,200}?\bencoding\s*=\s*["']([\w.:-]{2,40})/i.exec(head);
  return match?.[1];
}

async function decodeEntities(text: string): Promise<string> {
  if (!text.includes('&')) return text;
  const document = await toDocument(text.replaceAll('<', '&lt;'));
  return (document.body.textContent ?? '').trim();
}
