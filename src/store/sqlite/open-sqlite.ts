import { createRequire } from 'node:module';
import Database from 'better-sqlite3';
import { RagError } from '../../platform/errors.ts';

/** The same binding built with a cipher (SQLite3 Multiple Ciphers); optional, as it has to be compiled for some systems. */
const CIPHER_PACKAGE = 'better-sqlite3-multiple-ciphers';

export type OpenSqliteOptions = {
  readonly readOnly?: boolean;
  readonly timeoutMs?: number;
  /** Of an encrypted file, or one that is to be. */
  readonly key?: string;
};

/** Opens a file as it is. A wrong key shows at the first read, as SQLITE_NOTADB. Throws DB_KEY where no cipher is installed. */
export function openSqlite(path: string, { readOnly = false, timeoutMs, key }: OpenSqliteOptions): Database.Database {
  const options = { readonly: readOnly, ...(timeoutMs !== undefined && { timeout: timeoutMs }) };
  if (key === undefined) return new Database(path, options);
  const database = new (cipherDriver())(path, options) as CipherDatabase;
  database.key(Buffer.from(key, 'utf8'));
  return database;
}

type CipherDatabase = Database.Database & { key(key: Buffer): number; rekey(key: Buffer): number };

/**
 * Writes every page of a file that nobody else has open anew, with another key; undefined stands for none.
 * Throws DB_KEY where no cipher is installed.
 */
export function changeKey(path: string, from: string | undefined, to: string | undefined): void {
  const database = new (cipherDriver())(path) as CipherDatabase;
  try {
    if (from !== undefined) database.key(Buffer.from(from, 'utf8'));
    database.pragma('journal_mode = DELETE');
    database.rekey(Buffer.from(to ?? '', 'utf8'));
  } finally {
    database.close();
  }
}

function cipherDriver(): typeof Database {
  try {
    return createRequire(import.meta.url)(CIPHER_PACKAGE) as typeof Database;
  } catch (error) {
    throw new RagError('DB_KEY', {
      message: `A key is set for the database, but ${CIPHER_PACKAGE}, which reads encrypted files, is not installed.`,
      hint: `Install it beside ragstone: npm install -g ${CIPHER_PACKAGE}@12`,
      cause: error,
    });
  }
}

/** An error of SQLite, of either binding: each has a class of its own. */
export const isSqliteError = (error: unknown): error is InstanceType<typeof Database.SqliteError> =>
  error instanceof Error && error.name === 'SqliteError' && typeof (error as { code?: unknown }).code === 'string';
