import { extname } from 'node:path';
import { RagError } from '../platform/errors.ts';
import { decodeHead } from './decode.ts';
import { isMailStart } from './eml/mail-start.ts';
import { htmlStart } from './html-start.ts';
import { refuseByContent, refuseByName, refuseDamagedPdf } from './refuse.ts';
import { signatureOf } from './signatures.ts';
import { sourceLanguage } from './source-languages.ts';
import { textStart } from './text-start.ts';
import type { ParseInput, Parser } from './types.ts';
import { zipKind } from './zip-kind.ts';

export type Sniffed = {
  /** Short name of the format; a parser for it may or may not exist. */
  readonly type: string;
  /** For a message: "a PNG image", "Markdown by its name" ... */
  readonly looksLike: string;
  readonly warnings: readonly string[];
};

/** Signatures, declarations and the first lines all lie in here. */
const HEAD_BYTES = 8 * 1024;

/** Formats whose files are not text: one of these names over readable text is a mistake that the user should know. */
const BINARY_TYPES = new Set(['pdf', 'docx', 'xlsx', 'pptx', 'odt', 'ods', 'odp', 'epub', 'doc', 'xls', 'ppt', 'msg']);
/** Extensions that others had before Office, or besides it: README.doc, Graphviz's .dot, tables saved as .xls. */
const SHARED_TYPES = new Set(['doc', 'xls', 'ppt', 'msg']);

/**
 * Which format bytes are in. The content decides where it can (signatures, `<!doctype html>`, a zip's entries); then
 * the Content-Type, unless it is one of those that servers say for everything; then the name; then a guess.
 * Throws PARSE_LEFT_OUT for what is not to be read, naming what it looks like.
 */
export function sniffFormat(input: ParseInput, parsers: readonly Parser[]): Sniffed {
  const { bytes, name } = input;
  if (bytes.length === 0) throw new RagError('PARSE_NO_TEXT', { message: 'The file is empty (0 bytes).' });
  refuseByName(name);
  const extension = extname(name).slice(1).toLowerCase();
  const byExtension = parsers.find((parser) => parser.extensions.includes(extension))?.type ?? null;

  const signature = signatureOf(bytes);
  if (signature) return bySignature(input, signature);

  const head = textHead(bytes);
  if (head === null) {
    if (byExtension && BINARY_TYPES.has(byExtension)) return found(byExtension, `damaged .${extension}`);
    throw unsupported('binary data of an unknown kind', name);
  }
  refuseByContent(head, bytes.length);

  const markup = htmlStart(head);
  if (byExtension && BINARY_TYPES.has(byExtension)) {
    const actual = markup === 'html' ? 'an HTML page' : 'plain text';
    if (markup !== 'html' && SHARED_TYPES.has(byExtension)) {
      const type = markup === 'mhtml' ? 'mhtml' : guessText(head);
      return found(type, actual, [`Named .${extension}, but holds ${actual}; read as ${type}.`]);
    }
    if (markup !== 'html' || byExtension === 'pdf') {
      throw new RagError('PARSE_FAILED', {
        message: `Named .${extension}, but holds ${actual}${markup === 'html' ? ' (a login or error page?)' : ''}.`,
        hint: 'Get the file again from where it came from, or rename it to what it is.',
      });
    }
    return found('html', actual, [`Named .${extension}, but holds an HTML page; read as HTML.`]);
  }
  if (markup === 'mhtml') return found('mhtml', 'a saved web page (MHTML)');
  const language = sourceLanguage(name, head);
  if (markup === 'html' && (!language || language.name === 'xml') && byExtension !== 'eml') {
    return found('html', 'an HTML page');
  }
  if (markup === 'fb2') return found('fb2', 'a FictionBook');
  if (markup === 'opml') return found('opml', 'an outline (OPML)');
  const start = textStart(head, name);
  if (start && (start.sure || byExtension === null || byExtension === 'txt')) return found(start.type, start.looksLike);
  const byMediaType = parsers.find((parser) => parser.mediaTypes.includes(essence(input.mediaType)))?.type ?? null;
  if (byMediaType && byMediaType !== 'txt' && !BINARY_TYPES.has(byMediaType)) return found(byMediaType, byMediaType);
  if (byExtension && byExtension !== 'txt') return found(byExtension, `.${extension}`);
  if (language) return found('code', language.name);
  if (byExtension === 'txt') return found('txt', 'plain text');
  refuseDamagedPdf(head);
  return found(guessText(head), 'plain text');
}

const found = (type: string, looksLike: string, warnings: string[] = []): Sniffed => ({ type, looksLike, warnings });

const essence = (mediaType: string | undefined): string => (mediaType ?? '').split(';')[0]!.trim().toLowerCase();

function bySignature(input: ParseInput, signature: { looksLike: string; type?: string }): Sniffed {
  const extension = extname(input.name).slice(1).toLowerCase();
  if (signature.type === 'zip') {
    const kind = zipKind(input.bytes) ?? (BINARY_TYPES.has(extension) ? extension : null);
    if (kind) return found(kind, `a zip archive that holds a .${kind} document`);
    throw unsupported(
      signature.looksLike,
      input.name,
      'Unpack it first, then add the folder, or set source.containers to have archives opened.',
    );
  }
  if (signature.type === 'ole') {
    const kind = BINARY_TYPES.has(extension) ? extension : 'ole';
    return found(kind, signature.looksLike);
  }
  if (signature.type) return found(signature.type, signature.looksLike);
  throw unsupported(signature.looksLike, input.name);
}

export function unsupported(looksLike: string, name: string, hint?: string): RagError {
  const extension = extname(name).slice(1).toLowerCase();
  const named = extension ? ` (named .${extension})` : '';
  return new RagError('PARSE_LEFT_OUT', { message: `Not text: looks like ${looksLike}${named}.`, hint });
}

/**
 * The first bytes as text, or null when they are no text. Control characters other than white space, ESC and NUL are
 * one byte in nine of random or compressed data and next to none of text in any encoding.
 */
function textHead(bytes: Uint8Array): string | null {
  const text = decodeHead(bytes.subarray(0, HEAD_BYTES));
  let controls = 0;
  let zeros = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === 0) zeros++;
    else if ((code < 32 && !(code >= 8 && code <= 13) && code !== 27) || code === 127 || code === 0xfffd) controls++;
  }
  if (controls > 2 + text.length * 0.02 || zeros > text.length * 0.3) return null;
  return text;
}

function guessText(head: string): string {
  if (isMailStart(head)) return 'eml';
  const start = head.trimStart();
  if (/^[{[]\s*["{[\]}\d-]/.test(start.slice(0, 200))) return 'json';
  return /^#{1,6} \S/.test(start) && /\n#{1,6} \S/.test(start) ? 'md' : 'txt';
}
