import { readdirSync, realpathSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { isRunning } from '../../platform/is-running.ts';

const DRAFT = /^(.+)\.(\d+)\.part(?:-wal|-shm|-journal)?$/;
const SUFFIXES = ['', '-wal', '-shm', '-journal'];

/** Where a file is written until it is whole. */
export const draftOf = (path: string): string => `${path}.${process.pid}.part`;

/** Takes a draft away, with the files that SQLite puts beside it. */
export function removeDraft(draft: string): void {
  for (const suffix of SUFFIXES) rmSync(draft + suffix, { force: true });
}

/**
 * Takes away what processes that were killed left of their drafts: each is a copy of everything, and of an encrypted
 * database perhaps a readable one. `isOwn` tells from the name of the finished file whose draft it is.
 */
export function removeLeftDrafts(path: string, isOwn = (name: string): boolean => name === basename(path)): void {
  const folder = dirname(path);
  for (const name of readdirSync(folder)) {
    const [, finished = '', pid] = DRAFT.exec(name) ?? [];
    if (pid !== undefined && isOwn(finished) && !isRunning(Number(pid))) rmSync(join(folder, name), { force: true });
  }
}

/** The file itself where a link stands in its place: what is renamed onto a link leaves the file as it was. */
export function withoutLinks(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    // It is not there yet, which opening tells better.
    return path;
  }
}
