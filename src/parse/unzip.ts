import { type InflateBudget, inflateZipEntry } from './inflate-zip-entry.ts';
import { bytesAccess } from './random-access.ts';
import type { ParseLimits } from './types.ts';
import { readZipDirectory, type ZipDirectoryEntry } from './zip-directory.ts';

/** One member of an archive as its central directory lists it; sizes are as declared. */
export type ZipEntry = Pick<ZipDirectoryEntry, 'name' | 'compressedBytes' | 'declaredBytes'>;

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

// zlib joins its pieces at the end, which takes twice the size: two of these fit into the memory of a parse worker.
const largestMemberBytes = 200 * 1024 * 1024;
// XML of repeated rows reaches about 100 to 1; only what is both large and beyond this is taken for a bomb.
const largestGenuineRatio = 400;
const smallEnoughForAnyRatioBytes = 32 * 1024 * 1024;

/**
 * Open a ZIP archive by its central directory; nothing is inflated before `read`.
 *
 * @throws RagError PARSE_FAILED for what is no archive or a damaged one, PARSE_TOO_LARGE for too many members
 */
export function openZip(bytes: Uint8Array, limits: Pick<ParseLimits, 'maxInflatedBytes'>): ZipArchive {
  const archive = bytesAccess(bytes);
  const byName = new Map<string, ZipDirectoryEntry>();
  const refusedNames: string[] = [];
  for (const entry of readZipDirectory(archive)) {
    if (!isSafeName(entry.name)) refusedNames.push(entry.name);
    else if (!entry.name.endsWith('/') && !byName.has(entry.name)) byName.set(entry.name, entry);
  }
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
      const limit = limits.maxInflatedBytes;
      const data = inflateZipEntry(archive, entry, zipEntryBudget(entry, { limit, left: limit - inflatedBytes }));
      inflatedBytes += data.length;
      return data;
    },
  };
}

/** What a member may inflate to: `left` at most, and no more than genuine data of its packed size does. */
export function zipEntryBudget(
  { compressedBytes }: Pick<ZipEntry, 'compressedBytes'>,
  { limit, left }: { readonly limit: number; readonly left: number },
): InflateBudget {
  const genuine = Math.max(smallEnoughForAnyRatioBytes, compressedBytes * largestGenuineRatio);
  return { limit, most: Math.min(left, largestMemberBytes, genuine) };
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
