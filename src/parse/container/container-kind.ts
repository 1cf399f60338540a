import { extname } from 'node:path';
import { constants, gunzipSync } from 'node:zlib';
import { signatureOf } from '../signatures.ts';
import { zipKind } from '../zip-kind.ts';
import type { ContainerKind } from './types.ts';

/** Enough for any signature, and for the first header of a tar archive. */
export const CONTAINER_HEAD_BYTES = 65_536;

const TAR_HEADER_BYTES = 512;
/** Holds more than one header however it is packed, and unpacks to 4 MB at most. */
const HEAD_PACKED_BYTES = 4_096;

/** Packages that are one document, by their extension: a damaged one is a damaged document. */
const DOCUMENT_EXTENSIONS = new Set(['docx', 'xlsx', 'pptx', 'odt', 'ods', 'odp', 'epub']);

/**
 * Which container bytes are, by their content; null for what is one document or none. `isWhole`: the bytes are all of
 * them; of a zip archive that is too large to be looked at whole it is not known what it holds, and taken for an archive.
 */
export function containerKind(bytes: Uint8Array, name: string, isWhole: boolean): ContainerKind | null {
  const signature = signatureOf(bytes);
  if (signature?.type === 'zip') {
    if (DOCUMENT_EXTENSIONS.has(extname(name).slice(1).toLowerCase())) return null;
    return isWhole && zipKind(bytes) !== null ? null : 'zip';
  }
  if (signature?.type === 'gzip') return isTar(unpackedHead(bytes)) ? 'tar.gz' : null;
  if (isTar(bytes)) return 'tar';
  if (isPosts(bytes)) return 'posts';
  return isMailbox(bytes) ? 'mailbox' : null;
}

/** By the sum of its first header, which archives from before the signature have as well. */
function isTar(bytes: Uint8Array): boolean {
  if (bytes.length < TAR_HEADER_BYTES) return false;
  const declared = /^[ \0]*([0-7]{1,7})[ \0]*$/.exec(Buffer.from(bytes.subarray(148, 156)).toString('latin1'))?.[1];
  if (declared === undefined || bytes[0] === 0) return false;
  let sum = 0;
  for (let at = 0; at < TAR_HEADER_BYTES; at++) sum += at >= 148 && at < 156 ? 0x20 : bytes[at]!;
  return sum === Number.parseInt(declared, 8);
}

function unpackedHead(bytes: Uint8Array): Uint8Array {
  try {
    return gunzipSync(bytes.subarray(0, HEAD_PACKED_BYTES), {
      finishFlush: constants.Z_SYNC_FLUSH,
      maxOutputLength: 8_388_608,
    });
  } catch {
    // Damaged data says so when it is read as what its name promises.
    return new Uint8Array();
  }
}

/** The first line of a mailbox (RFC 4155), with headers after it. */
function isMailbox(bytes: Uint8Array): boolean {
  if (bytes[0] !== 0x46) return false;
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 2_048)).toString('latin1');
  return /^From \S+ .{0,120}\d{4}\s*?\r?\n>?[A-Za-z][\w-]{1,60}:/.test(head);
}

/** The table of posts of a Stack Exchange dump, a row to a line as the dumps have it; written otherwise it is plain XML. */
function isPosts(bytes: Uint8Array): boolean {
  const head = Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 1_024)).toString('utf8');
  return /^\ufeff?\s*(?:<\?xml[^>]{0,100}\?>)?\s*<posts>\s*\n\s*<row Id="\d/.test(head);
}
