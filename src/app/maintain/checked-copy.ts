import { open, rm } from 'node:fs/promises';
import { RagError } from '../../platform/errors.ts';
import { createStore } from '../../store/sqlite/create-store.ts';
import type { CopyOptions, StoreCounts } from '../../store/types.ts';
import type { AppContext } from '../app-context.ts';
import { databaseKey } from '../database-key.ts';

/**
 * Copies the database to a new file, opens that, and checks it: pages, references, and that every index holds as much as
 * the documents say. The bytes are on the disk when it returns. Throws DB_DAMAGED for a copy that does not pass, which
 * mostly means that the database would not either.
 */
export async function checkedCopy(
  { store, settings, runtime }: Pick<AppContext, 'store' | 'settings' | 'runtime'>,
  { to, ...options }: CopyOptions & { readonly to: string },
): Promise<StoreCounts> {
  await rm(to, { force: true });
  await store.copyTo(to, options);
  const counts = checkFile(to, { key: databaseKey(settings), clock: runtime.clock });
  for (const suffix of ['-wal', '-shm']) await rm(`${to}${suffix}`, { force: true });
  const file = await open(to, 'r+');
  await file.sync().finally(() => file.close());
  return counts;
}

/** What a database file holds, when it is sound. Throws DB_DAMAGED, or as opening does. */
export function checkFile(
  path: string,
  { key, clock }: { readonly key: string | undefined; readonly clock: AppContext['runtime']['clock'] },
): StoreCounts {
  const copy = createStore({ path, create: false, readOnly: true, key, clock });
  try {
    const problems = [...copy.checkIntegrity(), ...copy.strayEntries()];
    if (problems.length === 0) return copy.counts();
    throw new RagError('DB_DAMAGED', {
      message: `${path} is damaged: ${problems.slice(0, 3).join('; ')}${problems.length > 3 ? ' ...' : ''}.`,
      hint: 'Run `rag verify` on the database; a copy of a sound one passes.',
    });
  } finally {
    copy.close();
  }
}
