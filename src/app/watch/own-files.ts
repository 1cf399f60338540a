import { realpathSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { watchLockPath } from './watch-lock.ts';

/** The database, what SQLite writes beside it, and the lock: they change with every look. */
export function ownFiles(database: string): (path: string) => boolean {
  const real = join(realpathSync(dirname(database)), basename(database));
  const own = new Set([real, ...['-wal', '-shm', '-journal'].map((end) => `${real}${end}`), watchLockPath(real)]);
  return (path) => own.has(path) || path.startsWith(`${watchLockPath(real)}.`);
}
