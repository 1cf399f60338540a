import { messageOf, RagError } from '../platform/errors.ts';
import { type DecodedText, readText } from './decode.ts';
import { flatText } from './html-flat.ts';
import { htmlMetadata } from './html-metadata.ts';
import { type RenderedHtml, renderHtml } from './html-render.ts';
import { whyNoDom } from './html-shape.ts';
import { paragraphBlocks } from './paragraph-blocks.ts';
import { parsedDocument } from './parsed-document.ts';
import type { ParsedDocument, Parser } from './types.ts';

const MEDIA_TYPE = 'text/html';

/**
 * Web pages: the main content as Markdown, without navigation, scripts and what is hidden. Readability chooses the
 * content; where it keeps too little of the page, the whole body is taken.
 */
export const htmlParser: Parser = {
  type: 'html',
  mediaTypes: [MEDIA_TYPE, 'application/xhtml+xml'],
  extensions: ['html', 'htm', 'xhtml', 'shtml'],
  async parse({ bytes, charset }) {
    return parseHtmlText(readText(bytes, { charset: charset ?? declaredCharset(bytes) }));
  },
};

/** HTML that is text already (a part of a saved page or a mail) to a document. */
export async function parseHtmlText({
  text: html,
  warnings,
}: Pick<DecodedText, 'text' | 'warnings'>): Promise<ParsedDocument> {
  const { parseHTML } = await import('linkedom');
  const toDocument = (source: string): Document =>
    parseHTML(
      /<(?:html|body|frameset)[\s>]/i.test(source) ? source : `<html><head></head><body>${source}</body></html>`,
    ).document as unknown as Document;
  const reason = whyNoDom(html);
  if (reason) {
    const text = decodeEntities(flatText(html), toDocument);
    if (text === '') throw noText();
    return parsedDocument({
      text,
      type: 'html',
      mediaType: MEDIA_TYPE,
      blocks: paragraphBlocks(text),
      warnings: [...warnings, `Read without its structure: ${reason}.`],
    });
  }
  const document = toDocument(html);
  const { title, ...described } = htmlMetadata(document);
  const { rendered, note } = await mainContent(document, () => toDocument(html));
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

const noText = (): RagError =>
  new RagError('PARSE_NO_TEXT', {
    message: 'The page has no readable text (a JavaScript application or a frameset?).',
    hint: 'Save the page from a browser after it has loaded, or give the address of its content.',
  });

async function mainContent(
  document: Document,
  again: () => Document,
): Promise<{ rendered: RenderedHtml; note: string | null }> {
  const whole = renderHtml(document.body ?? document.documentElement);
  const { Readability } = await import('@mozilla/readability');
  let article: Element | null = null;
  let note: string | null = null;
  try {
    const options = { serializer: (node: Node) => node as Element, charThreshold: 300 };
    article = new Readability<Element>(document as never, options).parse()?.content ?? null;
  } catch (error) {
    note = `Main content not found (${messageOf(error).slice(0, 100)}); the whole page was taken.`;
  }
  const rendered = article ? renderHtml(article) : null;
  void again;
  if (!rendered || rendered.text.length < whole.text.length * 0.1 || rendered.text.length < 200) {
    return { rendered: whole, note };
  }
  return { rendered, note };
}

/** `<meta charset>`, its http-equiv form or an XML declaration in the first 4 KB (HTML standard: 1,024 bytes). */
function declaredCharset(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 4_096)).toString('latin1');
  const match =
    /<meta[^>]{0,300}?\bcharset\s*=\s*["']?\s*([\w.:-]{2,40})/i.exec(head) ??
    /<\?xml[^>]{0,200}?\bencoding\s*=\s*["']([\w.:-]{2,40})/i.exec(head);
  return match?.[1];
}

const decodeEntities = (text: string, toDocument: (html: string) => Document): string =>
  text.includes('&') ? (toDocument(text.replaceAll('<', '&lt;')).body.textContent ?? '').trim() : text;
