import { RagError } from '../platform/errors.ts';
import { readText } from './decode.ts';
import { parseHtmlText } from './html.ts';
import type { Parser } from './types.ts';

/** Saved pages hold dozens of parts; the page itself comes first. */
const MAX_PARTS = 200;

/**
 * A web page saved as one file (RFC 2557): the first HTML part, as the HTML parser reads it. Images and styles are
 * left alone. Throws PARSE_FAILED when there is no HTML part.
 */
export const mhtmlParser: Parser = {
  type: 'mhtml',
  mediaTypes: ['multipart/related', 'message/rfc822+mhtml', 'application/x-mimearchive'],
  extensions: ['mht', 'mhtml'],
  async parse({ bytes }) {
    const source = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1').replace(/\r\n?/g, '\n');
    const part = htmlPart(source);
    if (!part) throw new RagError('PARSE_FAILED', { message: 'A saved web page (MHTML) without an HTML part.' });
    const decoded = readText(bytesOf(part.body, part.encoding), { charset: part.charset });
    return { ...(await parseHtmlText(decoded)), type: 'mhtml', mediaType: 'multipart/related' };
  },
};

type Part = { readonly body: string; readonly encoding: string; readonly charset: string | undefined };

function htmlPart(source: string): Part | null {
  const headEnd = source.indexOf('\n\n');
  const boundary = /\bboundary\s*=\s*(?:"([^"\n]{1,200})"|([^\s;"]{1,200}))/i.exec(
    source.slice(0, Math.max(headEnd, 0)),
  );
  if (!boundary) return null;
  const delimiter = `\n--${boundary[1] ?? boundary[2]}`;
  let at = source.indexOf(delimiter);
  for (let count = 0; at >= 0 && count < MAX_PARTS; count++) {
    const next = source.indexOf(delimiter, at + delimiter.length);
    const bodyAt = source.indexOf('\n\n', at + delimiter.length);
    if (bodyAt < 0) return null;
    const headers = source.slice(at, Math.min(bodyAt, at + 10_000)).replace(/\n[ \t]+/g, ' ');
    if (/^content-type:\s*(?:text\/html|application\/xhtml\+xml)/im.test(headers)) {
      return {
        body: source.slice(bodyAt + 2, next < 0 ? source.length : next),
        encoding: /^content-transfer-encoding:\s*([\w-]{1,30})/im.exec(headers)?.[1]?.toLowerCase() ?? '',
        charset: /\bcharset\s*=\s*"?([\w.:-]{1,40})/i.exec(headers)?.[1],
      };
    }
    at = next;
  }
  return null;
}

function bytesOf(body: string, encoding: string): Uint8Array {
  if (encoding === 'base64') return Buffer.from(body, 'base64');
  if (encoding !== 'quoted-printable') return Buffer.from(body, 'latin1');
  const joined = body
    .replace(/[ \t]*=[ \t]*\n/g, '')
    .replace(/=([0-9A-Fa-f]{2})/g, (_match, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  return Buffer.from(joined, 'latin1');
}
