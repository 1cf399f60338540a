import { RagError } from '../../platform/errors.ts';
import type { ResponseHead } from '../../platform/http/exchange.ts';
import { dispositionName } from '../disposition-name.ts';
import { beginsLikeDocument, judgeMediaType, parseContentType } from '../document-media-type.ts';
import type { BytesContent } from '../types.ts';

const HTML_TYPES: ReadonlySet<string | null> = new Set(['text/html', 'application/xhtml+xml']);

/** Before its body is read. Throws SOURCE_REFUSED for what is no document by its type. */
export function assertDocumentHead(head: ResponseHead): void {
  const { mediaType } = parseContentType(head.header('content-type'));
  if (judgeMediaType(mediaType) === 'other') throw notADocument(mediaType!);
}

/** The body with what its headers say of it. Throws SOURCE_REFUSED for what is no document by its bytes. */
export function pageContent(head: ResponseHead, bytes: Uint8Array): BytesContent {
  const { mediaType, charset } = parseContentType(head.header('content-type'));
  if (judgeMediaType(mediaType) === 'unknown' && !beginsLikeDocument(bytes)) {
    throw notADocument(mediaType ?? 'content of no stated type');
  }
  const name = dispositionName(head.header('content-disposition'));
  return { kind: 'bytes', bytes, ...(mediaType && { mediaType }), ...(charset && { charset }), ...(name && { name }) };
}

/** By its type, or by how it begins where it has none. */
export function isHtml({ mediaType, bytes }: BytesContent): boolean {
  if (mediaType !== undefined) return HTML_TYPES.has(mediaType);
  const start = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.byteLength, 1_024)).toString('latin1');
  return /<(?:!doctype\s+html|html|head|body)[\s>]/i.test(start);
}

const notADocument = (mediaType: string): RagError =>
  new RagError('SOURCE_REFUSED', {
    message: `It is ${mediaType}, not a document that can be read.`,
    details: { mediaType },
  });
