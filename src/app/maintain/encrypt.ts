import { statSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { RagError } from '../../platform/errors.ts';
import type { Clock } from '../../platform/runtime.ts';
import { createStore } from '../../store/sqlite/create-store.ts';
import { isPlainDatabase } from '../../store/sqlite/open-database.ts';
import { changeKey } from '../../store/sqlite/open-sqlite.ts';
import { replaceDatabase } from '../../store/sqlite/replace-database.ts';
import { checkFile } from './checked-copy.ts';

export type KeyChange = {
  readonly path: string;
  readonly wasEncrypted: boolean;
  readonly isEncrypted: boolean;
  readonly bytes: number;
};

/**
 * Encrypts a database, changes its key, or (without a new one) decrypts it: in a copy, which takes its place once it
 * opens with the new key and is sound. Killed at any moment, one of the two stands there whole.
 * Throws DB_MISSING, DB_KEY, DB_BUSY, DB_DAMAGED, USAGE when there is nothing to do.
 */
export async function changeDatabaseKey(
  path: string,
  { key, newKey, clock }: { readonly key?: string; readonly newKey?: string; readonly clock: Clock },
): Promise<KeyChange> {
  const wasEncrypted = statSync(path, { throwIfNoEntry: false }) !== undefined && !isPlainDatabase(path);
  const from = wasEncrypted ? key : undefined;
  if (wasEncrypted && key === undefined) {
    throw new RagError('DB_KEY', {
      message: `${path} is encrypted, or no database, and no key is set.`,
      hint: 'Name the file with its key: `rag config set database.keyFile <file>`.',
    });
  }
  if (from === newKey) {
    throw new RagError('USAGE', {
      message: wasEncrypted ? 'It is encrypted with this key already.' : 'It is not encrypted.',
      hint: 'Nothing was changed.',
    });
  }
  const draft = `${path}.${process.pid}.part`;
  try {
    const store = createStore({ path, create: false, readOnly: false, key: from, clock });
    await store.copyTo(draft).finally(store.close);
    changeKey(draft, from, newKey);
    checkFile(draft, { key: newKey, clock });
    replaceDatabase(path, draft, from);
    return { path, wasEncrypted, isEncrypted: newKey !== undefined, bytes: statSync(path).size };
  } finally {
    for (const suffix of ['', '-wal', '-shm', '-journal']) await rm(`${draft}${suffix}`, { force: true });
  }
}
