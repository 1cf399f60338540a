import { inflateRawSync } from 'node:zlib';
import { messageOf, RagError } from '../platform/errors.ts';
import type { PackedEntry } from '../source/types.ts';
import type { RandomAccess } from './random-access.ts';
import { damagedZip } from './zip-directory.ts';

const stored = 0;
const deflated = 8;

/** What other programs pack with, by the numbers of APPNOTE.TXT 4.4.5. */
const methodNames: Readonly<Record<number, string>> = {
  9: 'Deflate64',
  12: 'bzip2',
  14: 'LZMA',
  93: 'Zstandard',
  95: 'XZ',
  98: 'PPMd',
  99: 'AES encryption',
};

/** `most`: bytes that it may inflate to; `limit`: what is said to be the limit over all members. */
export type InflateBudget = { readonly most: number; readonly limit: number };

/**
 * The bytes of one member. Inflating stops at the first byte over `most`, whatever size the archive declares.
 *
 * @throws RagError PARSE_TOO_LARGE, PARSE_ENCRYPTED, PARSE_FAILED
 */
export function inflateZipEntry(archive: RandomAccess, entry: PackedEntry, budget: InflateBudget): Uint8Array {
  const { name, compressedBytes, method } = entry;
  const { most, limit } = budget;
  if (entry.flags & 0x1 || method === 99)
    throw new RagError('PARSE_ENCRYPTED', {
      message: `"${name}" in the archive is encrypted and a password is needed to read it.`,
      hint: 'Save a copy without a password.',
    });
  const local = entry.headerOffset;
  const header = archive.read(local, 30);
  if (header.length < 30 || header.readUInt32LE(0) !== 0x04034b50)
    throw damagedZip(`"${name}" is not where the directory says`);
  const start = local + 30 + header.readUInt16LE(26) + header.readUInt16LE(28);
  if (start + compressedBytes > archive.length) throw damagedZip(`"${name}" breaks off`);
  const tooLarge = () =>
    new RagError('PARSE_TOO_LARGE', {
      message: `"${name}" in the archive inflates from ${compressedBytes} to more than ${most} bytes (limit ${limit} in all); refused as a decompression bomb.`,
      hint: 'Do not trust this file. If it is genuine, split it into smaller ones.',
      details: { limit: most, entry: name },
    });
  if (entry.declaredBytes > most) throw tooLarge();
  if (method === stored && compressedBytes > most) throw tooLarge();
  if (method !== stored && method !== deflated) throw damagedOrForeign(name, methodNames[method] ?? `method ${method}`);
  const packed = archive.read(start, compressedBytes);
  if (method === stored) return packed;
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, most) });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge();
    throw damagedZip(`"${name}" cannot be inflated (${messageOf(error)})`, error);
  }
}

const damagedOrForeign = (name: string, method: string): RagError =>
  new RagError('PARSE_FAILED', {
    message: `"${name}" in the archive is packed with ${method}, which is not read.`,
    hint: 'Unpack the archive, or make it again with ordinary (deflate) compression.',
  });
