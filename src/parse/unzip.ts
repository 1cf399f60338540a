import { inflateRawSync } from 'node:zlib';
import { messageOf, RagError } from '../platform/errors.ts';
import type { ParseLimits } from './types.ts';

/** One member of an archive as its central directory lists it. */
export type ZipEntry = {
  /** With "/" between parts; never absolute and never with "..". */
  readonly name: string;
  readonly compressedBytes: number;
  /** As declared; never trusted. */
  readonly declaredBytes: number;
};

export type ZipArchive = {
  readonly entries: readonly ZipEntry[];
  /** Names that point out of the archive or cannot be used; they are never read. */
  readonly refusedNames: readonly string[];
  has(name: string): boolean;
  /**
   * The inflated bytes of a member, or null when there is none of that name. Bytes are counted while inflating, over
   * all members read from this archive.
   *
   * @throws RagError PARSE_TOO_LARGE, PARSE_ENCRYPTED, PARSE_FAILED
   */
  read(name: string): Uint8Array | null;
};

type CentralEntry = ZipEntry & { flags: number; method: number; localOffset: number };

// The largest genuine packages (books with a picture per page) have a few thousand members.
const mostEntries = 100_000;
// zlib joins its pieces at the end, which takes twice the size: two of these fit into the memory of a parse worker.
const largestMemberBytes = 200 * 1024 * 1024;
// XML of repeated rows reaches about 100 to 1; only what is both large and beyond this is taken for a bomb.
const largestGenuineRatio = 400;
const smallEnoughForAnyRatioBytes = 32 * 1024 * 1024;
const endRecordBytes = 22;
const longestComment = 0xffff;
const stored = 0;
const deflated = 8;

/**
 * Open a ZIP archive by its central directory; nothing is inflated before `read`. Inflating stops at the first byte
 * over the limit, whatever sizes the archive declares; members that overlap are refused, since one run of bytes that
 * serves many members is how a bomb without a high ratio works.
 *
 * Source: APPNOTE.TXT 6.3.10 (PKWARE), with ZIP64 and data descriptors.
 *
 * @throws RagError PARSE_FAILED for what is no archive or a damaged one, PARSE_TOO_LARGE for too many members
 */
export function openZip(bytes: Uint8Array, limits: Pick<ParseLimits, 'maxInflatedBytes'>): ZipArchive {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const { entries: central, shift } = readCentralDirectory(buffer);
  const byName = new Map<string, CentralEntry>();
  const refusedNames: string[] = [];
  for (const entry of central) {
    if (!isSafeName(entry.name)) refusedNames.push(entry.name);
    else if (!entry.name.endsWith('/') && !byName.has(entry.name)) byName.set(entry.name, entry);
  }
  refuseOverlaps(central);
  let inflatedBytes = 0;
  // Part names of office packages are compared without case (OPC, 6.2.2.3).
  const anyCase = new Map([...byName.values()].map((entry) => [entry.name.toLowerCase(), entry]));
  const find = (name: string) => byName.get(name) ?? anyCase.get(name.toLowerCase());
  return {
    entries: [...byName.values()],
    refusedNames,
    has: (name) => find(name) !== undefined,
    read(name) {
      const entry = find(name);
      if (!entry) return null;
      const data = inflate(buffer, entry, {
        shift,
        left: limits.maxInflatedBytes - inflatedBytes,
        limit: limits.maxInflatedBytes,
      });
      inflatedBytes += data.length;
      return data;
    },
  };
}

function damaged(reason: string, cause?: unknown): RagError {
  return new RagError('PARSE_FAILED', {
    message: `The ZIP archive is damaged: ${reason}.`,
    hint: 'Get the file again, or open and save it with the program that made it.',
    cause,
  });
}

function readCentralDirectory(buffer: Buffer): { entries: CentralEntry[]; shift: number } {
  const end = findEndRecord(buffer);
  let count = buffer.readUInt16LE(end + 10);
  let size = buffer.readUInt32LE(end + 12);
  let offset = buffer.readUInt32LE(end + 16);
  let endOfDirectory = end;
  if (count === 0xffff || size === 0xffffffff || offset === 0xffffffff) {
    const zip64 = findZip64EndRecord(buffer, end);
    if (zip64 !== null) {
      count = toNumber(buffer.readBigUInt64LE(zip64 + 32));
      size = toNumber(buffer.readBigUInt64LE(zip64 + 40));
      offset = toNumber(buffer.readBigUInt64LE(zip64 + 48));
      endOfDirectory = zip64;
    }
  }
  if (count > mostEntries)
    throw new RagError('PARSE_TOO_LARGE', {
      message: `The archive has ${count} members; the limit is ${mostEntries}.`,
      hint: 'Unpack it and add the folder.',
    });
  // Bytes put before the archive (a self-extractor, junk) shift every offset by the same amount.
  const shift = Math.max(0, endOfDirectory - size - offset);
  const entries: CentralEntry[] = [];
  let at = offset + shift;
  for (let index = 0; index < count; index++) {
    if (at + 46 > buffer.length || buffer.readUInt32LE(at) !== 0x02014b50)
      throw damaged(`its directory breaks off after ${index} of ${count} members`);
    const { entry, next } = readCentralEntry(buffer, at);
    entries.push(entry);
    at = next;
  }
  return { entries, shift };
}

function findEndRecord(buffer: Buffer): number {
  const lowest = Math.max(0, buffer.length - endRecordBytes - longestComment);
  for (let at = buffer.length - endRecordBytes; at >= lowest; at--) {
    if (buffer.readUInt32LE(at) === 0x06054b50) return at;
  }
  throw damaged('it has no central directory (cut short, or no ZIP file at all)');
}

function findZip64EndRecord(buffer: Buffer, end: number): number | null {
  const locator = end - 20;
  if (locator < 0 || buffer.readUInt32LE(locator) !== 0x07064b50) return null;
  const declared = toNumber(buffer.readBigUInt64LE(locator + 8));
  for (const at of [declared, locator - 56])
    if (at >= 0 && at + 56 <= buffer.length && buffer.readUInt32LE(at) === 0x06064b50) return at;
  throw damaged('its ZIP64 directory is missing');
}

function readCentralEntry(buffer: Buffer, at: number): { entry: CentralEntry; next: number } {
  const nameLength = buffer.readUInt16LE(at + 28);
  const extraLength = buffer.readUInt16LE(at + 30);
  const commentLength = buffer.readUInt16LE(at + 32);
  const extraStart = at + 46 + nameLength;
  if (extraStart + extraLength > buffer.length) throw damaged('its directory breaks off');
  const flags = buffer.readUInt16LE(at + 8);
  const name = buffer.toString(
    flags & 0x800 ? 'utf8' : isUtf8(buffer, at + 46, extraStart) ? 'utf8' : 'latin1',
    at + 46,
    extraStart,
  );
  let compressedBytes = buffer.readUInt32LE(at + 20);
  let declaredBytes = buffer.readUInt32LE(at + 24);
  let localOffset = buffer.readUInt32LE(at + 42);
  const wide = zip64Field(buffer, extraStart, extraStart + extraLength);
  if (wide) {
    let field = wide.start;
    const take = () => {
      if (field + 8 > wide.end) throw damaged(`the ZIP64 sizes of "${name}" are missing`);
      field += 8;
      return toNumber(buffer.readBigUInt64LE(field - 8));
    };
    if (declaredBytes === 0xffffffff) declaredBytes = take();
    if (compressedBytes === 0xffffffff) compressedBytes = take();
    if (localOffset === 0xffffffff) localOffset = take();
  }
  const entry: CentralEntry = {
    name: name.replaceAll('\\', '/'),
    compressedBytes,
    declaredBytes,
    flags,
    method: buffer.readUInt16LE(at + 10),
    localOffset,
  };
  return { entry, next: extraStart + extraLength + commentLength };
}

function zip64Field(buffer: Buffer, start: number, end: number): { start: number; end: number } | null {
  for (let at = start; at + 4 <= end; ) {
    const length = buffer.readUInt16LE(at + 2);
    if (buffer.readUInt16LE(at) === 1) return { start: at + 4, end: Math.min(end, at + 4 + length) };
    at += 4 + length;
  }
  return null;
}

function isUtf8(buffer: Buffer, start: number, end: number): boolean {
  const bytes = buffer.subarray(start, end);
  return !bytes.toString('utf8').includes('\ufffd');
}

function toNumber(value: bigint): number {
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw damaged('an offset or size in it is out of range');
  return Number(value);
}

function isSafeName(name: string): boolean {
  return (
    name !== '' &&
    !name.startsWith('/') &&
    !/^[A-Za-z]:/.test(name) &&
    !name.includes('\0') &&
    !name.split('/').includes('..')
  );
}

function refuseOverlaps(entries: readonly CentralEntry[]): void {
  const ranges = entries
    .filter((entry) => entry.compressedBytes > 0)
    .map((entry) => ({
      name: entry.name,
      start: entry.localOffset,
      end: entry.localOffset + 30 + entry.compressedBytes,
    }))
    .sort((a, b) => a.start - b.start);
  for (let index = 1; index < ranges.length; index++) {
    const before = ranges[index - 1]!;
    const range = ranges[index]!;
    if (range.start < before.end) throw damaged(`members "${before.name}" and "${range.name}" overlap`);
  }
}

type Budget = { readonly shift: number; readonly left: number; readonly limit: number };

function inflate(buffer: Buffer, entry: CentralEntry, { shift, left, limit }: Budget): Uint8Array {
  if (entry.flags & 0x1)
    throw new RagError('PARSE_ENCRYPTED', {
      message: `"${entry.name}" in the archive is encrypted and a password is needed to read it.`,
      hint: 'Save a copy without a password.',
    });
  const local = entry.localOffset + shift;
  if (local + 30 > buffer.length || buffer.readUInt32LE(local) !== 0x04034b50)
    throw damaged(`"${entry.name}" is not where the directory says`);
  const start = local + 30 + buffer.readUInt16LE(local + 26) + buffer.readUInt16LE(local + 28);
  const end = start + entry.compressedBytes;
  if (end > buffer.length) throw damaged(`"${entry.name}" breaks off`);
  const packed = buffer.subarray(start, end);
  const tooLarge = () =>
    new RagError('PARSE_TOO_LARGE', {
      message: `"${entry.name}" in the archive inflates from ${packed.length} to more than ${most} bytes (limit ${limit} in all); refused as a decompression bomb.`,
      hint: 'Do not trust this file. If it is genuine, split it into smaller ones.',
      details: { limit: most, entry: entry.name },
    });
  const most = Math.min(
    left,
    largestMemberBytes,
    Math.max(smallEnoughForAnyRatioBytes, packed.length * largestGenuineRatio),
  );
  if (entry.declaredBytes > most) throw tooLarge();
  if (entry.method === stored) {
    if (packed.length > most) throw tooLarge();
    return packed;
  }
  if (entry.method !== deflated)
    throw damaged(`"${entry.name}" is packed with method ${entry.method}, which no office program writes`);
  try {
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, most) });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') throw tooLarge();
    throw damaged(`"${entry.name}" cannot be inflated (${messageOf(error)})`, error);
  }
}
