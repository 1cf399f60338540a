import { closeSync, openSync } from 'node:fs';
import * as zlib from 'node:zlib';
import { messageOf, RagError } from '../../platform/errors.ts';
import type { MemberContent } from '../../source/types.ts';
import { inflateZipEntry } from '../inflate-zip-entry.ts';
import { fileAccess } from '../random-access.ts';
import { zipEntryBudget } from '../unzip.ts';
import { damagedZip } from '../zip-directory.ts';

/**
 * The bytes of one member. Throws PARSE_TOO_LARGE over `maxBytes`, SOURCE_FAILED when the file is gone, else as
 * `inflateZipEntry` does.
 */
export function readMember(content: MemberContent, maxBytes: number): Uint8Array {
  const { file, start, length, entry, isFromQuoted } = content;
  const size = entry?.declaredBytes ?? length;
  if (size > maxBytes) {
    throw new RagError('PARSE_TOO_LARGE', {
      message: `It has ${size} bytes; the limit is ${maxBytes}.`,
      hint: 'Raise the limit with --max-file-size.',
    });
  }
  const descriptor = openFile(file);
  try {
    const access = fileAccess(descriptor, { start, length });
    if (!entry) return isFromQuoted ? unquoteFrom(access.read(0, length)) : access.read(0, length);
    const bytes = inflateZipEntry(access, entry, zipEntryBudget(entry, { limit: maxBytes, left: maxBytes }));
    if (bytes.length !== entry.declaredBytes || zlib.crc32(bytes) !== entry.crc32)
      throw damagedZip(`"${entry.name}" is not what its directory says`);
    return bytes;
  } finally {
    closeSync(descriptor);
  }
}

function openFile(file: string): number {
  try {
    return openSync(file, 'r');
  } catch (error) {
    throw new RagError('SOURCE_FAILED', {
      message: `The file that holds it cannot be opened (${(error as NodeJS.ErrnoException).code ?? messageOf(error)}).`,
      hint: 'Check that it is there and that you may read it.',
      cause: error,
    });
  }
}

/** ">From " at the beginning of a line is "From " as it was written, ">>From " is ">From ". */
function unquoteFrom(message: Buffer): Uint8Array {
  if (!message.includes('>From ')) return message;
  return Buffer.from(message.toString('latin1').replace(/^>(?=>*From )/gm, ''), 'latin1');
}
