import { existsSync, statSync } from 'node:fs';
import { RagError } from '../../platform/errors.ts';
import type { Clock } from '../../platform/runtime.ts';
import { createStore } from '../../store/sqlite/create-store.ts';
import { isPlainDatabase } from '../../store/sqlite/open-database.ts';
import { isWriteProtected } from '../../store/sqlite/open-private-copy.ts';
import { changeKey } from '../../store/sqlite/open-sqlite.ts';
import { replaceDatabase } from '../../store/sqlite/replace-database.ts';
import { removePastCopies } from '../history/past-base.ts';
import { checkFile } from './checked-copy.ts';
import { draftOf, removeDraft, removeLeftDrafts, withoutLinks } from './drafts.ts';

export type KeyChange = {
  readonly path: string;
  readonly wasEncrypted: boolean;
  readonly isEncrypted: boolean;
  readonly bytes: number;
};

type KeyChangeOptions = {
  readonly key?: string;
  readonly newKey?: string;
  readonly clock: Clock;
  /** Where copies of former states are kept: they have the former key, or none. */
  readonly pastFolder?: string;
};

/**
 * Encrypts a database, changes its key, or (without a new one) decrypts it: in a copy, which takes its place once it
 * opens with the new key and is sound. Killed at any moment, one of the two stands there whole.
 * Throws DB_MISSING, DB_KEY, DB_BUSY, DB_DAMAGED, USAGE when there is nothing to do.
 */
export async function changeDatabaseKey(
  given: string,
  { key, newKey, clock, pastFolder }: KeyChangeOptions,
): Promise<KeyChange> {
  const path = withoutLinks(given);
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
  if (existsSync(path) && isWriteProtected(path)) {
    throw new RagError('DB_READ_ONLY', {
      message: `The database ${path} is open for reading only.`,
      hint: 'Make the file and its folder writable, or choose another file with --db.',
    });
  }
  const draft = draftOf(path);
  const prepare = async (): Promise<string> => {
    removeDraft(draft);
    const store = createStore({ path, create: false, readOnly: false, key: from, clock });
    await store.copyTo(draft).finally(store.close);
    changeKey(draft, from, newKey);
    checkFile(draft, { key: newKey, clock });
    return draft;
  };
  // Brings the schema up to date first, which counts as being written to.
  createStore({ path, create: false, readOnly: false, key: from, clock }).close();
  removeLeftDrafts(path);
  try {
    await replaceDatabase(path, { key: from, prepare });
    if (pastFolder !== undefined) removePastCopies(pastFolder, path);
    return { path: given, wasEncrypted, isEncrypted: newKey !== undefined, bytes: statSync(path).size };
  } finally {
    removeDraft(draft);
  }
}
