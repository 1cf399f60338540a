import { accessSync, constants, type Stats } from 'node:fs';
import { describeFileError, kindWords } from './describe-file.ts';
import type { SkippedItem } from './types.ts';

/**
 * Larger than any document that people write (the largest PDFs of books with scans reach it), small enough that a
 * worker of 1 GiB holds it several times over. Logs, dumps and disk images lie above.
 */
export const DEFAULT_MAX_FILE_BYTES = 100 * 1_048_576;

/** Read permission for owner, group and others: whoever asks may read, so the system need not be asked. */
const READABLE_BY_ALL = 0o444;

/** Files that hold many documents are read part by part: the limit is for each part. */
const isReadByParts = (name: string): boolean =>
  isArchiveName(name) || /\.(?:mbox|mbx)$|(?:^|\/)Posts\.xml$/i.test(name);

export const isArchiveName = (name: string): boolean => /\.(?:zip|tar|tgz|tar\.gz)$/i.test(name);

export type FileRefusal = { readonly code: SkippedItem['code']; readonly message: string };

/** Why a file cannot be taken, by what is known without reading it; null when it can. */
export function refuseFile(path: string, stat: Stats, maxFileBytes: number): FileRefusal | null {
  if (!stat.isFile()) return { code: 'not-regular', message: `It is ${kindWords(stat)}, not a regular file.` };
  if (stat.size === 0) return { code: 'empty', message: 'The file is empty.' };
  if (stat.size > maxFileBytes && !isReadByParts(path)) {
    const message = `The file has ${stat.size} bytes; the limit is ${maxFileBytes} (--max-file-size).`;
    return { code: 'too-large', message };
  }
  if ((stat.mode & READABLE_BY_ALL) === READABLE_BY_ALL) return null;
  try {
    accessSync(path, constants.R_OK);
    return null;
  } catch (error) {
    return { code: 'unreadable', message: `The file cannot be read: ${describeFileError(error)}.` };
  }
}
