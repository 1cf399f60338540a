import { existsSync, renameSync, rmSync } from 'node:fs';
import { RagError } from '../../platform/errors.ts';
import { isSqliteError, openSqlite } from './open-sqlite.ts';

/** Another `rag` that is about to end is waited for; one that stays open, such as a chat, has to be ended by hand. */
const WAIT_MS = 3000;

/**
 * Puts a finished database file in the place of another, or of none. As long as the old one is open anywhere it refuses:
 * whoever closes it last would remove the log of the new one, which has the same name. A process that opens it meanwhile
 * waits, and then sees that the file is another. Killed at any moment, one of the two files stands there whole.
 * Throws DB_BUSY.
 */
export function replaceDatabase(path: string, draft: string, key: string | undefined): void {
  if (!existsSync(path)) {
    renameSync(draft, path);
    return;
  }
  const former = openSqlite(path, { timeoutMs: WAIT_MS, key });
  try {
    former.pragma('locking_mode = EXCLUSIVE');
    // Moves the log into the file and takes it away, which only the last one that has the file open can do.
    if (former.pragma('journal_mode = DELETE', { simple: true }) !== 'delete') throw inUse(path);
    former.exec('BEGIN EXCLUSIVE');
    renameSync(draft, path);
  } catch (error) {
    throw isSqliteError(error) && /^SQLITE_(BUSY|LOCKED)/.test(error.code) ? inUse(path, error) : error;
  } finally {
    former.close();
  }
}

/** Moves a file that cannot be opened aside, with its log. Returns where it is now. */
export function setAside(path: string, stamp: string): string {
  const aside = `${path}.damaged-${stamp}`;
  for (const suffix of ['', '-wal']) {
    if (existsSync(path + suffix)) renameSync(path + suffix, aside + suffix);
  }
  rmSync(`${path}-shm`, { force: true });
  return aside;
}

const inUse = (path: string, cause?: unknown): RagError =>
  new RagError('DB_BUSY', {
    message: `The database ${path} is open in another process, so it cannot be replaced.`,
    hint: 'End `rag chat`, `rag watch`, `rag worker` and whatever else uses it, then run the command again.',
    cause,
  });
