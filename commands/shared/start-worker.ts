import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, renameSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Jobs } from '../../src/app/jobs/types.ts';
import { messageOf } from '../../src/platform/errors.ts';
import { sha256Hex } from '../../src/platform/hash.ts';
import { makeFolder } from '../../src/platform/make-folder.ts';
import { ownProgram } from './own-program.ts';
import type { Session } from './session.ts';

/** A log that is longer begins anew; the one before it stays beside it. */
const MAX_LOG_BYTES = 1_000_000;

/** `pid` null: none works, and none could be started, for the reason that is given. */
export type WorkerStart =
  | { readonly pid: number; readonly isNew: boolean; readonly log: string }
  | { readonly pid: null; readonly reason: string };

/** The log of the workers of a database. */
const workerLog = ({ config, database }: Session): string =>
  join(config.folders.state, `worker-${sha256Hex(database.path).slice(0, 8)}.log`);

/** Starts a worker that outlives this command and ends when nothing waits, unless one lives already. */
export async function ensureWorker(session: Session, jobs: Pick<Jobs, 'workers'>): Promise<WorkerStart> {
  const log = workerLog(session);
  const there = jobs.workers().find(({ isAlive }) => isAlive);
  if (there) return { pid: there.owner.pid, isNew: false, log };
  try {
    makeFolder(dirname(log));
    if ((statSync(log, { throwIfNoEntry: false })?.size ?? 0) > MAX_LOG_BYTES) renameSync(log, `${log}.1`);
    const output = openSync(log, 'a', 0o600);
    try {
      const [program = '', ...script] = ownProgram();
      const child = spawn(program, [...script, 'worker', '--until-empty', '--db', session.database.path], {
        cwd: dirname(session.database.path),
        detached: true,
        stdio: ['ignore', output, output],
        windowsHide: true,
      });
      await once(child, 'spawn');
      child.unref();
      return { pid: child.pid as number, isNew: true, log };
    } finally {
      closeSync(output);
    }
  } catch (error) {
    return { pid: null, reason: messageOf(error) };
  }
}
