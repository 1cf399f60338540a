import type { Dirent, Stats } from 'node:fs';
import { messageOf } from '../platform/errors.ts';

const WORDS: Readonly<Record<string, string>> = {
  ENOENT: 'it does not exist',
  EACCES: 'permission denied',
  EPERM: 'permission denied',
  ELOOP: 'its links run in a circle',
  ENOTDIR: 'a part of its path is no folder',
  ENAMETOOLONG: 'its path is too long',
  EIO: 'the disk reports an error',
};

/** Why the file system refused, as a clause without the path (which the caller shows in its own way). */
export function describeFileError(error: unknown): string {
  const code = fileErrorCode(error);
  return code === null ? messageOf(error) : `${WORDS[code] ?? 'the system refuses'} (${code})`;
}

export function fileErrorCode(error: unknown): string | null {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : null;
}

type Kinds = Pick<Dirent | Stats, 'isDirectory' | 'isFIFO' | 'isSocket' | 'isCharacterDevice' | 'isBlockDevice'>;

export function kindWords(entry: Kinds): string {
  if (entry.isDirectory()) return 'a folder';
  if (entry.isFIFO()) return 'a named pipe';
  if (entry.isSocket()) return 'a socket';
  if (entry.isCharacterDevice() || entry.isBlockDevice()) return 'a device';
  return 'something of an unknown kind';
}
