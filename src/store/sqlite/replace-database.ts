import { chmodSync, chownSync, existsSync, renameSync, rmSync, statSync } from 'node:fs';
import { RagError } from '../../platform/errors.ts';
import { isSqliteError, openSqlite } from './open-sqlite.ts';

/** Another `rag` that is about to end is waited for; one that stays open, such as a chat, has to be ended by hand. */
const WAIT_MS = 3000;
/** Of a draft that was no longer what the file holds once it was finished. */
const MAX_ATTEMPTS = 3;

export type DraftOptions = {
  readonly key?: string;
  /** Writes the file that takes the place, from what the former one holds now; its path. May be called again. */
  readonly prepare: () => Promise<string>;
};

/**
 * Puts a finished database file in the place of another, or of none. As long as the old one is open anywhere it refuses:
 * whoever closes it last would remove the log of the new one, which has the same name. What another process wrote after
 * `prepare` began makes it begin anew, so that nothing written is lost. A process that opens the file meanwhile waits,
 * and then sees that it is another. Who may read the former file may read the new one, and nobody else. Killed at any
 * moment, one of the two files stands there whole. `path` must be no link. Throws DB_BUSY.
 */
export async function replaceDatabase(path: string, { key, prepare }: DraftOptions): Promise<void> {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    if (!existsSync(path)) {
      renameSync(await prepare(), path);
      return;
    }
    const former = openSqlite(path, { timeoutMs: WAIT_MS, key });
    try {
      const version = (): unknown => former.pragma('data_version', { simple: true });
      const before = version();
      const draft = await prepare();
      former.pragma('locking_mode = EXCLUSIVE');
      // Moves the log into the file and takes it away, which only the last one that has the file open can do.
      if (former.pragma('journal_mode = DELETE', { simple: true }) !== 'delete') throw inUse(path);
      former.exec('BEGIN EXCLUSIVE');
      if (version() !== before) continue;
      takeOver(draft, path);
      renameSync(draft, path);
      return;
    } catch (error) {
      throw isSqliteError(error) && /^SQLITE_(BUSY|LOCKED)/.test(error.code) ? inUse(path, error) : error;
    } finally {
      former.close();
    }
  }
  throw inUse(path);
}

/** Permissions and, for an administrator, the owner. */
function takeOver(draft: string, path: string): void {
  const { mode, uid, gid } = statSync(path);
  const own = statSync(draft);
  if (own.uid !== uid || own.gid !== gid) {
    try {
      chownSync(draft, uid, gid);
    } catch (error) {
      // Only an administrator may give a file away; who may write the folder may still replace it.
      if ((error as NodeJS.ErrnoException).code !== 'EPERM') throw error;
    }
  }
  chmodSync(draft, mode & 0o777);
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
