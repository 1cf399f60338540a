import { isAscii, isUtf8 } from 'node:buffer';
import { decodeAs, isKnownEncoding } from './decode-as.ts';
import { detectEncoding, escapeEncoding } from './detect-encoding.ts';
import { normalizeText } from './normalize-text.ts';
import { withoutEscapes } from './without-escapes.ts';

export type DecodedText = {
  /** As the bytes say: line ends untouched, byte order mark removed. */
  readonly text: string;
  /** Lower-case name, as the WHATWG encoding standard or iconv spells it. */
  readonly encoding: string;
  readonly warnings: readonly string[];
};

/** An encoding that something outside the bytes (a header) or inside them (`<meta charset>`) names; a hint, no more. */
export type DecodeHints = { readonly charset?: string };

/**
 * Bytes to text, whatever the encoding. In order: byte order mark; valid UTF-8 (also against a declaration: what
 * passes as UTF-8 and is not ASCII is hardly ever anything else); UTF-16 and UTF-32 known by their zero bytes; the
 * declared charset if the bytes are valid in it; UTF-8 with a few broken bytes; else a guess from the letters that
 * each encoding would give. Never throws.
 */
export function decodeText(bytes: Uint8Array, hints: DecodeHints = {}): DecodedText {
  const marked = byteOrderMark(bytes);
  if (marked) return decodedAs(bytes.subarray(marked.length), marked.encoding);
  const wide = utf16WithoutMark(bytes);
  if (wide) return decodedAs(bytes, wide);
  if (isAscii(bytes)) {
    const escaped = escapeEncoding(bytes);
    return escaped ? decodedAs(bytes, escaped) : { text: latin1(bytes), encoding: 'utf-8', warnings: [] };
  }
  if (isUtf8(bytes)) return { text: utf8(bytes), encoding: 'utf-8', warnings: [] };
  const declared = declaredEncoding(bytes, hints.charset);
  if (declared) return declared;
  if (isNearlyUtf8(bytes)) {
    const text = utf8(bytes);
    const broken = text.split('\ufffd').length - 1;
    return { text, encoding: 'utf-8', warnings: [`Not valid UTF-8 in ${broken} place(s); shown as \ufffd.`] };
  }
  const guess = detectEncoding(bytes);
  const decoded = decodedAs(bytes, guess.encoding);
  return guess.sure
    ? decoded
    : { ...decoded, warnings: [...decoded.warnings, `Encoding guessed as ${guess.encoding}; it names none.`] };
}

/**
 * The first bytes of a file as text, for a look at how it begins: exact in UTF-16 and UTF-32, else one character per
 * byte, so that ASCII stands as it is in any encoding.
 */
export function decodeHead(bytes: Uint8Array): string {
  const marked = byteOrderMark(bytes);
  const wide = marked ? marked.encoding : utf16WithoutMark(bytes);
  if (!wide || wide === 'utf-8' || wide === 'gb18030') return latin1(bytes.subarray(marked?.length ?? 0));
  return decodeAs(bytes.subarray(marked?.length ?? 0), wide);
}

/** `decodeText`, then the stored form, without what only a terminal reads. */
export function readText(bytes: Uint8Array, hints: DecodeHints = {}): DecodedText {
  const decoded = decodeText(bytes, hints);
  return { ...decoded, text: normalizeText(withoutEscapes(decoded.text)) };
}

function byteOrderMark(bytes: Uint8Array): { encoding: string; length: number } | null {
  const [a, b, c, d] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return { encoding: 'utf-8', length: 3 };
  if (a === 0xff && b === 0xfe && c === 0 && d === 0) return { encoding: 'utf-32le', length: 4 };
  if (a === 0 && b === 0 && c === 0xfe && d === 0xff) return { encoding: 'utf-32be', length: 4 };
  if (a === 0xff && b === 0xfe) return { encoding: 'utf-16le', length: 2 };
  if (a === 0xfe && b === 0xff) return { encoding: 'utf-16be', length: 2 };
  if (a === 0x84 && b === 0x31 && c === 0x95 && d === 0x33) return { encoding: 'gb18030', length: 4 };
  return null;
}

/**
 * UTF-16 or UTF-32 without a mark: spaces, digits and line ends have zero bytes at even or at odd offsets only, in
 * every script. A tenth of one side and almost none of the other decides.
 */
function utf16WithoutMark(bytes: Uint8Array): string | null {
  const length = Math.min(bytes.length & ~3, 4096);
  if (length < 4) return null;
  const zeros = [0, 0, 0, 0];
  for (let at = 0; at < length; at++) if (bytes[at] === 0) zeros[at & 3]! += 1;
  const quarter = length / 4;
  const [z0, z1, z2, z3] = zeros as [number, number, number, number];
  if (z2 > quarter * 0.9 && z3 > quarter * 0.99 && z0 < quarter * 0.1) return 'utf-32le';
  if (z1 > quarter * 0.9 && z0 > quarter * 0.99 && z3 < quarter * 0.1) return 'utf-32be';
  const even = z0 + z2;
  const odd = z1 + z3;
  // One or two zero bytes in a short text are stray ones.
  const least = Math.max(length * 0.05, 2);
  if (odd > least && even < odd * 0.05) return 'utf-16le';
  if (even > least && odd < even * 0.05) return 'utf-16be';
  return null;
}

function declaredEncoding(bytes: Uint8Array, charset: string | undefined): DecodedText | null {
  const name = charset?.trim().toLowerCase();
  if (!name || name.length > 40 || /^utf-?(8|16|32)/.test(name)) return null;
  if (!isKnownEncoding(name)) return null;
  const decoded = decodedAs(bytes, name);
  const broken = countBroken(decoded.text);
  return broken * 200 > bytes.length ? null : decoded;
}

const countBroken = (text: string): number => {
  let count = 0;
  for (let at = text.indexOf('\ufffd'); at >= 0; at = text.indexOf('\ufffd', at + 1)) count++;
  return count;
};

/** More than ten well-formed sequences for each broken one; in other encodings such sequences are rare accidents. */
function isNearlyUtf8(bytes: Uint8Array): boolean {
  let good = 0;
  let bad = 0;
  for (let at = 0; at < bytes.length; ) {
    const lead = bytes[at]!;
    if (lead < 0x80) {
      at++;
      continue;
    }
    const needed =
      lead >= 0xc2 && lead <= 0xdf ? 1 : lead >= 0xe0 && lead <= 0xef ? 2 : lead >= 0xf0 && lead <= 0xf4 ? 3 : 0;
    let found = 0;
    while (found < needed && (bytes[at + 1 + found]! & 0xc0) === 0x80) found++;
    if (needed > 0 && found === needed) good++;
    else if (at + 1 + found < bytes.length) bad++;
    at += 1 + found;
  }
  return good > 0 && good >= bad * 10;
}

const decodedAs = (bytes: Uint8Array, encoding: string): DecodedText => ({
  text: decodeAs(bytes, encoding),
  encoding,
  warnings: [],
});

const utf8 = (bytes: Uint8Array): string => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('utf8');
const latin1 = (bytes: Uint8Array): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length).toString('latin1');
