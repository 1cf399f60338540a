import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Settings } from '../../config/types.ts';
import { isRagError, RagError } from '../../platform/errors.ts';
import type { Runtime } from '../../platform/runtime.ts';
import { createStore } from '../../store/sqlite/create-store.ts';
import { replaceDatabase, setAside } from '../../store/sqlite/replace-database.ts';
import { databaseKey } from '../database-key.ts';
import { removePastCopies } from '../history/past-base.ts';
import { checkedCopy, checkFile } from './checked-copy.ts';
import { draftOf, removeDraft, removeLeftDrafts, withoutLinks } from './drafts.ts';
import type { RestoreReport } from './types.ts';

type RestoreOptions = {
  readonly settings: Settings;
  readonly runtime: Pick<Runtime, 'clock'>;
  /** Keep what stands there now as a backup beside it. */
  readonly keepFormer: boolean;
  /** Where copies of former states are kept: they are of another database then. */
  readonly pastFolder?: string;
  readonly signal?: AbortSignal;
};

/**
 * Puts a checked copy of a backup in the place of the database; the backup stays. What stood there is kept beside it, as a
 * backup where it can be read, else as it was. Throws DB_DAMAGED, DB_MISSING, DB_KEY for the backup, DB_BUSY.
 */
export async function restoreBackup(
  backup: string,
  given: string,
  { settings, runtime, keepFormer, pastFolder, signal }: RestoreOptions,
): Promise<RestoreReport> {
  const database = withoutLinks(given);
  const started = runtime.clock.now();
  const key = databaseKey(settings);
  const context = { settings, runtime: { ...runtime, signal } as Runtime };
  if (withoutLinks(resolve(backup)) === resolve(database)) {
    throw new RagError('USAGE', { message: 'The backup is the database itself.', hint: 'Name another file.' });
  }
  checkFile(backup, { key, clock: runtime.clock });
  const stamp = new Date(started)
    .toISOString()
    .replace(/\.\d+Z$/, 'Z')
    .replaceAll(':', '');
  const draft = draftOf(database);
  try {
    const source = createStore({ path: backup, create: false, readOnly: true, key, clock: runtime.clock });
    const counts = await checkedCopy({ ...context, store: source }, { to: draft, signal }).finally(source.close);
    const generation = existsSync(database) ? generationOf(database, key, runtime) : null;
    let former = generation === null && existsSync(database) ? setAside(database, stamp) : null;
    await replaceDatabase(database, {
      key,
      prepare: async () => {
        // What processes and kept results know by the generation of the file must not be taken for what is there now.
        const copy = createStore({ path: draft, create: false, readOnly: false, key, clock: runtime.clock });
        copy.raiseGeneration(existsSync(database) ? (generationOf(database, key, runtime) ?? 0) : (generation ?? 0));
        copy.close();
        if (keepFormer && existsSync(database)) {
          const kept = former ?? freeName(`${database}.before-restore-${stamp}`);
          former = await keep(context, { database, kept, key });
        }
        return draft;
      },
    });
    removeLeftDrafts(database);
    if (pastFolder !== undefined) removePastCopies(pastFolder, database);
    return {
      path: given,
      from: resolve(backup),
      former,
      documents: counts.documents,
      passages: counts.chunks,
      elapsedMs: runtime.clock.now() - started,
    };
  } finally {
    removeDraft(draft);
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

/** Copies what stands there now beside it; where it is. */
async function keep(
  { runtime }: { readonly runtime: Runtime },
  { database, kept, key }: { readonly database: string; readonly kept: string; readonly key: string | undefined },
): Promise<string> {
  removeDraft(kept);
  const store = createStore({ path: database, create: false, readOnly: false, key, clock: runtime.clock });
  try {
    await store.copyTo(kept);
    return kept;
  } finally {
    store.close();
  }
}

/** Another restoration within the same second keeps its own. */
function freeName(path: string): string {
  for (let count = 1; ; count++) {
    const free = count === 1 ? path : `${path}-${count}`;
    if (!existsSync(free)) return free;
  }
}
