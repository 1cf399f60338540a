import { accessSync, chmodSync, constants, copyFileSync, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type Database from 'better-sqlite3';
import { RagError } from '../../platform/errors.ts';
import { openSqlite } from './open-sqlite.ts';

/** A database in WAL mode needs a file beside it even to be read, unless it is known that nobody writes. */
const LOG_SUFFIX = '-wal';

/** Another process that writes all the time must not keep the copy from ever being whole. */
const MAX_ATTEMPTS = 5;

export type PrivateCopy = {
  readonly database: Database.Database;
  /** Whether a log stood beside the file: another process has it open, or was killed. */
  readonly hasLog: boolean;
  /** Takes the copy away; call it once the database is closed. */
  remove(): void;
};

/** Whether the file, or the folder in which its log must stand, refuses writes. */
export function isWriteProtected(path: string): boolean {
  try {
    accessSync(path, constants.W_OK);
    accessSync(dirname(path), constants.W_OK);
    return false;
  } catch {
    // Whatever the reason, nothing can be written there.
    return true;
  }
}

/**
 * Opens a copy of the database in the folder for temporary files, for reading only. For a file on media or in a folder that
 * cannot be written, where SQLite refuses a database in WAL mode; its flag `immutable` would do without a copy, but trusts
 * that nobody else writes, and leaves out a log that was not yet moved into the file. `prepare` gets the copy, writable,
 * before it is opened for reading. Throws DB_BUSY when the file changes all the time, DB_READ_ONLY when there is no room.
 */
export function openPrivateCopy(
  path: string,
  options: {
    readonly timeoutMs: number;
    readonly key?: string;
    readonly prepare: (database: Database.Database) => void;
  },
): PrivateCopy {
  let folder: string | undefined;
  const remove = (): void => {
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  };
  try {
    folder = mkdtempSync(join(tmpdir(), 'rag-copy-'));
    const copy = join(folder, 'rag.db');
    const hasLog = copyUnchanged(path, copy);
    const { timeoutMs, key } = options;
    const writable = openSqlite(copy, { timeoutMs, key });
    try {
      options.prepare(writable);
      writable.pragma('journal_mode = DELETE');
    } finally {
      writable.close();
    }
    return { database: openSqlite(copy, { readOnly: true, timeoutMs, key }), hasLog, remove };
  } catch (error) {
    remove();
    const { code } = error as NodeJS.ErrnoException;
    if (!['ENOSPC', 'EACCES', 'EPERM', 'EROFS', 'ENOENT', 'EDQUOT', 'SQLITE_FULL'].includes(String(code))) throw error;
    throw new RagError('DB_READ_ONLY', {
      message: `The database ${path} stands where nothing can be written, and no copy of it could be made in ${tmpdir()} (${code}).`,
      hint: 'Point TMPDIR at a folder with room for it, or copy the file to where you can write and name it with --db.',
      cause: error,
    });
  }
}

/** Copies the file with its log, as they stood at one moment; returns whether there was a log. */
function copyUnchanged(from: string, to: string): boolean {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const before = stateOf(from);
    copyFileSync(from, to);
    rmSync(to + LOG_SUFFIX, { force: true });
    const hasLog = existsSync(from + LOG_SUFFIX);
    if (hasLog) copyFileSync(from + LOG_SUFFIX, to + LOG_SUFFIX);
    // A copy of a file that cannot be written is one as well.
    for (const file of hasLog ? [to, to + LOG_SUFFIX] : [to]) chmodSync(file, 0o600);
    if (stateOf(from) === before) return hasLog;
  }
  throw new RagError('DB_BUSY', {
    message: `The database ${from} changes while it is read, and its folder cannot be written, so that it cannot be locked.`,
    hint: 'Wait for the other process to finish, then run the command again.',
  });
}

const stateOf = (path: string): string =>
  [path, path + LOG_SUFFIX]
    .map((file) => statSync(file, { bigint: true, throwIfNoEntry: false }))
    .map((facts) => (facts ? `${facts.ino} ${facts.size} ${facts.mtimeNs}` : 'none'))
    .join('; ');
