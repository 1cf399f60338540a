import { linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { RagError } from '../../platform/errors.ts';

type Holder = { readonly pid: number; readonly host: string; readonly since: string };

/** The file beside a database that says who watches its sources. */
export const watchLockPath = (database: string): string => `${database}-watch`;

/**
 * Says beside the database that this process watches its sources, until `release`. Throws DB_BUSY when another process
 * does that, unless forced; a process that is gone is none, one of another machine counts as there.
 */
export function takeWatchLock(
  database: string,
  options: { readonly force: boolean; readonly nowMs: number },
): { release(): void } {
  const path = watchLockPath(database);
  const mine: Holder = { pid: process.pid, host: hostname(), since: new Date(options.nowMs).toISOString() };
  const text = `${JSON.stringify(mine)}\n`;
  const release = (): void => {
    if (readHolder(path)?.pid === mine.pid) rmSync(path, { force: true });
  };
  for (;;) {
    try {
      if (options.force) writeFileSync(path, text);
      else placeNew(path, text);
      return { release };
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw notWritable(path, error);
    }
    const holder = readHolder(path);
    if (holder && isThere(holder)) throw busy(holder, database);
    rmSync(path, { force: true });
  }
}

/** Whole or not at all, so that nobody reads half of it. Throws EEXIST when it is there. */
function placeNew(path: string, text: string): void {
  const draft = `${path}.${process.pid}`;
  writeFileSync(draft, text);
  try {
    linkSync(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') throw error;
    // Some file systems have no links.
    writeFileSync(path, text, { flag: 'wx' });
  } finally {
    rmSync(draft, { force: true });
  }
}

function readHolder(path: string): Holder | null {
  try {
    const { pid, host, since } = JSON.parse(readFileSync(path, 'utf8')) as Partial<Holder>;
    return Number.isSafeInteger(pid) && typeof host === 'string' ? { pid: pid!, host, since: String(since) } : null;
  } catch {
    // Gone meanwhile, or cut off as it was written: nobody holds it.
    return null;
  }
}

function isThere({ pid, host }: Holder): boolean {
  if (host !== hostname()) return true;
  if (pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // A process of another user may not be signalled, but is there.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

const busy = ({ pid, host, since }: Holder, database: string): RagError =>
  new RagError('DB_BUSY', {
    message: `Another rag process (pid ${pid}${host === hostname() ? '' : ` on ${host}`}) has watched the sources of ${database} since ${since}.`,
    hint: 'End that one, or use --force to watch beside it.',
    details: { pid, host },
  });

const notWritable = (path: string, cause: unknown): RagError =>
  new RagError('DB_READ_ONLY', {
    message: `${path} cannot be written (${(cause as NodeJS.ErrnoException).code ?? 'unknown'}).`,
    hint: 'Make the folder of the database writable.',
    cause,
  });
