import { RagError } from '../platform/errors.ts';
import type { PackedEntry } from '../source/types.ts';
import type { RandomAccess } from './random-access.ts';

/** One member as the central directory lists it: its name has "/" between parts, and may point anywhere. */
export type ZipDirectoryEntry = PackedEntry & {
  /** File type and permissions as Unix has them; 0 where the archive says nothing. */
  readonly unixMode: number;
  /** Local time as the archive has it, taken for UTC; null when it is none. */
  readonly mtimeMs: number | null;
};

// The largest genuine packages (books with a picture per page) have a few thousand members.
const mostEntries = 100_000;
// A hundred thousand entries with names of 300 bytes and their extra fields.
const largestDirectoryBytes = 64 * 1024 * 1024;
const endRecordBytes = 22;
const longestComment = 0xffff;
const madeByUnix = 3;

/**
 * The central directory of a ZIP archive. Members that overlap are refused, since one run of bytes that serves many
 * members is how a bomb without a high ratio works.
 *
 * Source: APPNOTE.TXT 6.3.10 (PKWARE), with ZIP64 and data descriptors.
 *
 * @throws RagError PARSE_FAILED for what is no archive or a damaged one, PARSE_TOO_LARGE for too many members
 */
export function readZipDirectory(archive: RandomAccess): readonly ZipDirectoryEntry[] {
  const { count, size, offset, end } = findDirectory(archive);
  if (count > mostEntries || size > largestDirectoryBytes)
    throw new RagError('PARSE_TOO_LARGE', {
      message: `The archive has ${count} members; the limit is ${mostEntries}.`,
      hint: 'Unpack it and add the folder.',
    });
  // Bytes put before the archive (a self-extractor, junk) shift every offset by the same amount.
  const shift = Math.max(0, end - size - offset);
  const start = offset + shift;
  // Some writers declare a size that is too small: what lies between the directory and its end record belongs to it.
  const directory = archive.read(start, Math.min(largestDirectoryBytes, Math.max(size, end - start)));
  const entries: ZipDirectoryEntry[] = [];
  let at = 0;
  for (let index = 0; index < count; index++) {
    if (at + 46 > directory.length || directory.readUInt32LE(at) !== 0x02014b50)
      throw damagedZip(`its directory breaks off after ${index} of ${count} members`);
    const { entry, next } = readEntry(directory, at, shift);
    entries.push(entry);
    at = next;
  }
  refuseOverlaps(entries);
  return entries;
}

export function damagedZip(reason: string, cause?: unknown): RagError {
  return new RagError('PARSE_FAILED', {
    message: `The ZIP archive is damaged: ${reason}.`,
    hint: 'Get the file again, or open and save it with the program that made it.',
    cause,
  });
}

/** `end`: where the directory ends, `size` and `offset` as declared. */
type DirectoryPlace = { readonly count: number; readonly size: number; readonly offset: number; readonly end: number };

function findDirectory(archive: RandomAccess): DirectoryPlace {
  const tailStart = Math.max(0, archive.length - endRecordBytes - longestComment);
  const tail = archive.read(tailStart, archive.length - tailStart);
  const at = findEndRecord(tail);
  const count = tail.readUInt16LE(at + 10);
  const size = tail.readUInt32LE(at + 12);
  const offset = tail.readUInt32LE(at + 16);
  const end = tailStart + at;
  if (count === 0xffff || size === 0xffffffff || offset === 0xffffffff) {
    const wide = findZip64EndRecord(archive, end);
    if (wide !== null) return wide;
  }
  return { count, size, offset, end };
}

function findEndRecord(tail: Buffer): number {
  for (let at = tail.length - endRecordBytes; at >= 0; at--) {
    if (tail.readUInt32LE(at) === 0x06054b50) return at;
  }
  throw damagedZip('it has no central directory (cut short, or no ZIP file at all)');
}

function findZip64EndRecord(archive: RandomAccess, end: number): DirectoryPlace | null {
  const locatorAt = end - 20;
  if (locatorAt < 0) return null;
  const locator = archive.read(locatorAt, 20);
  if (locator.readUInt32LE(0) !== 0x07064b50) return null;
  const declared = toNumber(locator.readBigUInt64LE(8));
  for (const at of [declared, locatorAt - 56]) {
    if (at < 0 || at + 56 > archive.length) continue;
    const record = archive.read(at, 56);
    if (record.readUInt32LE(0) !== 0x06064b50) continue;
    const [count, size, offset] = [32, 40, 48].map((field) => toNumber(record.readBigUInt64LE(field)));
    return { count: count!, size: size!, offset: offset!, end: at };
  }
  throw damagedZip('its ZIP64 directory is missing');
}

function readEntry(buffer: Buffer, at: number, shift: number): { entry: ZipDirectoryEntry; next: number } {
  const nameLength = buffer.readUInt16LE(at + 28);
  const extraLength = buffer.readUInt16LE(at + 30);
  const commentLength = buffer.readUInt16LE(at + 32);
  const extraStart = at + 46 + nameLength;
  if (extraStart + extraLength > buffer.length) throw damagedZip('its directory breaks off');
  const flags = buffer.readUInt16LE(at + 8);
  const name = decodeName(buffer.subarray(at + 46, extraStart), flags);
  let compressedBytes = buffer.readUInt32LE(at + 20);
  let declaredBytes = buffer.readUInt32LE(at + 24);
  let localOffset = buffer.readUInt32LE(at + 42);
  const wide = zip64Field(buffer, extraStart, extraStart + extraLength);
  if (wide) {
    let field = wide.start;
    const take = () => {
      if (field + 8 > wide.end) throw damagedZip(`the ZIP64 sizes of "${name}" are missing`);
      field += 8;
      return toNumber(buffer.readBigUInt64LE(field - 8));
    };
    if (declaredBytes === 0xffffffff) declaredBytes = take();
    if (compressedBytes === 0xffffffff) compressedBytes = take();
    if (localOffset === 0xffffffff) localOffset = take();
  }
  const isUnix = buffer.readUInt8(at + 5) === madeByUnix;
  const entry: ZipDirectoryEntry = {
    name: name.replaceAll('\\', '/'),
    compressedBytes,
    declaredBytes,
    flags,
    method: buffer.readUInt16LE(at + 10),
    crc32: buffer.readUInt32LE(at + 16),
    headerOffset: localOffset + shift,
    unixMode: isUnix ? buffer.readUInt16LE(at + 40) : 0,
    mtimeMs: dosTime(buffer.readUInt16LE(at + 14), buffer.readUInt16LE(at + 12)),
  };
  return { entry, next: extraStart + extraLength + commentLength };
}

function decodeName(bytes: Buffer, flags: number): string {
  const asUtf8 = bytes.toString('utf8');
  return flags & 0x800 || !asUtf8.includes('\ufffd') ? asUtf8 : bytes.toString('latin1');
}

function dosTime(date: number, time: number): number | null {
  const month = (date >> 5) & 15;
  const day = date & 31;
  if (month < 1 || month > 12 || day < 1) return null;
  return Date.UTC(1980 + (date >> 9), month - 1, day, time >> 11, (time >> 5) & 63, (time & 31) * 2);
}

function zip64Field(buffer: Buffer, start: number, end: number): { start: number; end: number } | null {
  for (let at = start; at + 4 <= end; ) {
    const length = buffer.readUInt16LE(at + 2);
    if (buffer.readUInt16LE(at) === 1) return { start: at + 4, end: Math.min(end, at + 4 + length) };
    at += 4 + length;
  }
  return null;
}

function toNumber(value: bigint): number {
  if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw damagedZip('an offset or size in it is out of range');
  return Number(value);
}

function refuseOverlaps(entries: readonly ZipDirectoryEntry[]): void {
  const ranges = entries
    .filter((entry) => entry.compressedBytes > 0)
    .map(({ name, headerOffset, compressedBytes }) => ({
      name,
      start: headerOffset,
      end: headerOffset + 30 + compressedBytes,
    }))
    .sort((a, b) => a.start - b.start);
  for (let index = 1; index < ranges.length; index++) {
    const before = ranges[index - 1]!;
    const range = ranges[index]!;
    if (range.start < before.end) throw damagedZip(`members "${before.name}" and "${range.name}" overlap`);
  }
}
