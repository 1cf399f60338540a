import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import type { Settings } from '../../config/types.ts';
import { isRagError, RagError } from '../../platform/errors.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { createStore } from '../../store/sqlite/create-store.ts';
import { replaceDatabase, setAside } from '../../store/sqlite/replace-database.ts';
import { databaseKey } from '../database-key.ts';
import { checkedCopy, checkFile } from './checked-copy.ts';
import type { RestoreReport } from './types.ts';

type RestoreOptions = {
  readonly settings: Settings;
  readonly runtime: Pick<Runtime, 'clock'>;
  /** Keep what stands there now as a backup beside it. */
  readonly keepFormer: boolean;
  readonly signal?: AbortSignal;
};

/**
 * Puts a checked copy of a backup in the place of the database; the backup stays. What stood there is kept beside it, as a
 * backup where it can be read, else as it was. Throws DB_DAMAGED, DB_MISSING, DB_KEY for the backup, DB_BUSY.
 */
export async function restoreBackup(
  backup: string,
  database: string,
  { settings, runtime, keepFormer, signal }: RestoreOptions,
): Promise<RestoreReport> {
  const started = runtime.clock.now();
  const key = databaseKey(settings);
  const context = { settings, runtime: { ...runtime, signal } as Runtime };
  if (resolve(backup) === resolve(database)) {
    throw new RagError('USAGE', { message: 'The backup is the database itself.', hint: 'Name another file.' });
  }
  checkFile(backup, { key, clock: runtime.clock });
  const stamp = new Date(started)
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replaceAll(':', '');
  const draft = `${database}.${process.pid}.part`;
  try {
    const source = createStore({ path: backup, create: false, readOnly: true, key, clock: runtime.clock });
    const counts = await checkedCopy({ ...context, store: source }, { to: draft, signal }).finally(source.close);
    const generation = existsSync(database) ? generationOf(database, key, runtime) : null;
    // What processes and kept results know by the generation of the file must not be taken for what is there now.
    const copy = createStore({ path: draft, create: false, readOnly: false, key, clock: runtime.clock });
    copy.raiseGeneration(generation ?? 0);
    copy.close();
    const former = await moveFormer(context, { database, stamp, key, isSound: generation !== null, keepFormer });
    replaceDatabase(database, draft, key);
    return {
      path: database,
      from: resolve(backup),
      former,
      documents: counts.documents,
      passages: counts.chunks,
      elapsedMs: runtime.clock.now() - started,
    };
  } finally {
    for (const suffix of ['', '-wal', '-shm']) await rm(`${draft}${suffix}`, { force: true });
  }
}

/** Null when the file is no database that can be opened. */
function generationOf(path: string, key: string | undefined, { clock }: Pick<Runtime, 'clock'>): number | null {
  try {
    const store = createStore({ path, create: false, readOnly: false, key, clock });
    try {
      return store.generation();
    } finally {
      store.close();
    }
  } catch (error) {
    if (isRagError(error) && ['DB_DAMAGED', 'DB_NOT_RAGSTONE', 'DB_FAILED', 'DB_KEY'].includes(error.code)) return null;
    throw error;
  }
}

async function moveFormer(
  context: { readonly settings: Settings; readonly runtime: Runtime },
  former: {
    readonly database: string;
    readonly stamp: string;
    readonly key: string | undefined;
    readonly isSound: boolean;
    readonly keepFormer: boolean;
  },
): Promise<string | null> {
  const { database, stamp, key, isSound, keepFormer } = former;
  if (!existsSync(database)) return null;
  if (!isSound) return setAside(database, stamp);
  if (!keepFormer) return null;
  const kept = `${database}.before-restore-${stamp}`;
  const store = createStore({ path: database, create: false, readOnly: false, key, clock: context.runtime.clock });
  try {
    await store.copyTo(kept);
    return kept;
  } finally {
    store.close();
  }
}
