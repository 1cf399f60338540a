import { closeSync, constants, existsSync, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type Database from 'better-sqlite3';
import { RagError } from '../../platform/errors.ts';
import { makeFolder } from '../../platform/make-folder.ts';
import { loadVectors } from './load-vectors.ts';
import { mapSqliteError } from './map-sqlite-error.ts';
import { migrations } from './migrations/migrations.ts';
import { isWriteProtected, openPrivateCopy } from './open-private-copy.ts';
import { isSqliteError, openSqlite } from './open-sqlite.ts';

/** "RAGS" in ASCII: what `file` and `PRAGMA application_id` show of the file. */
const APPLICATION_ID = 0x52414753;

/** A writer of another process holds the lock for one batch, a second or so; this is for a machine under load. */
export const BUSY_TIMEOUT_MS = 60_000;

export type OpenDatabaseOptions = {
  readonly path: string;
  /** Make the file and its folder when they are not there. */
  readonly create: boolean;
  readonly readOnly: boolean;
  /** Of an encrypted file. */
  readonly key?: string;
};

/** `mayBeStale`: a log stands beside the file, so that another process may be writing. */
export type OpenedCopy = { readonly mayBeStale: boolean };

export type OpenedDatabase = {
  readonly database: Database.Database;
  /** It can be read only: as asked, or because its file or folder cannot be written. */
  readonly readOnly: boolean;
  /** Set when what is open is a copy, as the place of the file allows no lock: what others write is not seen. */
  readonly copy: OpenedCopy | null;
  close(): void;
};

/**
 * Opens the file, checks that it is ours and sound enough to be read, and brings its schema up to date. A file that is
 * there but cannot be written is opened for reading.
 * Throws RagError DB_MISSING, DB_NOT_RAGSTONE, DB_KEY, DB_TOO_NEW, DB_READ_ONLY, DB_DAMAGED or DB_BUSY.
 */
export function openDatabase({ path, create, readOnly, key }: OpenDatabaseOptions): OpenedDatabase {
  const isThere = existsSync(path);
  if (isThere) checkHeader(path, key);
  else if (!create || readOnly) {
    throw new RagError('DB_MISSING', {
      message: `There is no database at ${path}.`,
      hint: 'Run `rag init`, or `rag add <folder>`, or name another file with --db.',
    });
  }
  const isProtected = isThere && isWriteProtected(path);
  try {
    const database = openInPlace(path, { readOnly: readOnly || isProtected, key });
    return { database, readOnly: readOnly || isProtected, copy: null, close: () => database.close() };
  } catch (error) {
    try {
      if (!isThere || !NEEDS_A_LOG.test(String((error as { code?: unknown }).code))) throw error;
      return openCopy(path, key);
    } catch (second) {
      throw describeFailure(second, path, key);
    }
  }
}

/** How SQLite says that it cannot make the files beside a database in WAL mode. */
const NEEDS_A_LOG = /^SQLITE_(?:READONLY|CANTOPEN|IOERR_(?:SHM|LOCK))/;

type InPlace = { readonly readOnly: boolean; readonly key?: string };

function openInPlace(path: string, { readOnly, key }: InPlace): Database.Database {
  if (!readOnly) makeFolder(dirname(path));
  const file = inodeOf(path);
  const database = openSqlite(path, { readOnly, timeoutMs: BUSY_TIMEOUT_MS, key });
  try {
    checkIdentity(database, path);
    if (file !== null && inodeOf(path) !== file) throw replaced(path);
    loadVectors(database, key !== undefined);
    if (!readOnly) setUp(database);
    configure(database);
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/** Null for a file that is made only now. */
const inodeOf = (path: string): bigint | null => statSync(path, { bigint: true, throwIfNoEntry: false })?.ino ?? null;

const replaced = (path: string): RagError =>
  new RagError('DB_BUSY', {
    message: `The database ${path} was replaced by another file while it was being opened.`,
    hint: 'Run the command again.',
  });

function openCopy(path: string, key: string | undefined): OpenedDatabase {
  const prepare = (copy: Database.Database): void => {
    checkIdentity(copy, path);
    loadVectors(copy, key !== undefined);
    setUp(copy);
  };
  const { database, hasLog, remove } = openPrivateCopy(path, { timeoutMs: BUSY_TIMEOUT_MS, key, prepare });
  const close = (): void => {
    database.close();
    remove();
  };
  try {
    loadVectors(database, key !== undefined);
    configure(database);
    schemaVersion(database);
    // What is open outlives its name, so that a killed process leaves nothing behind; Windows has no such thing.
    if (process.platform !== 'win32') remove();
    return { database, readOnly: true, copy: { mayBeStale: hasLog }, close };
  } catch (error) {
    close();
    throw error;
  }
}

function describeFailure(error: unknown, path: string, key: string | undefined): unknown {
  if (key !== undefined && isSqliteError(error) && error.code === 'SQLITE_NOTADB') return wrongKey(path);
  if (!isFileAccessError(error)) return mapSqliteError(error, path);
  return new RagError('DB_READ_ONLY', {
    message: `The database ${path} cannot be made or written (${error.code}).`,
    hint: 'Make the folder writable, or choose another file with --db.',
    cause: error,
  });
}

const isFileAccessError = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error &&
  ['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST'].includes(String((error as NodeJS.ErrnoException).code));

/** SQLite itself says "not a database" only at the first read, and takes an empty file for a new database. */
function checkHeader(path: string, key: string | undefined): void {
  const isPlain = isPlainDatabase(path);
  if (isPlain && key !== undefined && statSync(path).size > 0) throw notEncrypted(path);
  // Nothing in an encrypted file tells it from noise.
  if (!isPlain && key === undefined) throw notRagstone(path);
}

/** Whether it is a file of SQLite, or empty. False: encrypted, or something else. Throws DB_READ_ONLY, DB_NOT_RAGSTONE. */
export function isPlainDatabase(path: string): boolean {
  const magic = Buffer.from('SQLite format 3\0', 'latin1');
  const head = Buffer.alloc(magic.length);
  let file: number;
  try {
    // A named pipe must not make the program wait for somebody to write into it.
    file = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
  } catch (error) {
    throw new RagError('DB_READ_ONLY', {
      message: `The database ${path} cannot be read (${(error as NodeJS.ErrnoException).code}).`,
      hint: 'Check the permissions of the file, or choose another one with --db.',
      cause: error,
    });
  }
  try {
    const stat = fstatSync(file);
    if (stat.isDirectory()) throw isFolder(path);
    if (!stat.isFile()) throw notRagstone(path);
    return stat.size === 0 || (readSync(file, head, 0, head.length, 0) === head.length && head.equals(magic));
  } finally {
    closeSync(file);
  }
}

function isFolder(path: string): RagError {
  const inside = [join(path, '.rag', 'rag.db'), join(path, 'rag.db')];
  const there = inside.find((file) => existsSync(file));
  return new RagError('DB_NOT_RAGSTONE', {
    message: `${path} is a folder, not a database.`,
    hint: there ? `Name the file: --db ${there}` : `Name a file: --db ${inside[1]}`,
  });
}

const notRagstone = (path: string): RagError =>
  new RagError('DB_NOT_RAGSTONE', {
    message: `${path} is not a ragstone database.`,
    hint: 'Choose another file with --db, or make a new one with `rag init`; if it is encrypted, set database.keyFile.',
  });

const wrongKey = (path: string): RagError =>
  new RagError('DB_KEY', {
    message: `The key does not open ${path}, or it is no ragstone database.`,
    hint: 'Check database.keyFile or RAG_DATABASE_KEY; without the key the file cannot be read by anyone.',
  });

const notEncrypted = (path: string): RagError =>
  new RagError('DB_KEY', {
    message: `A key is set, but ${path} is not encrypted.`,
    hint: 'Run `rag encrypt` to encrypt it with that key, or take database.key and database.keyFile out of the settings.',
  });

function checkIdentity(database: Database.Database, path: string): void {
  const id = database.pragma('application_id', { simple: true });
  const version = schemaVersion(database);
  const isEmpty = database.prepare('SELECT count(*) FROM sqlite_schema').pluck().get() === 0;
  if (id !== APPLICATION_ID && (!isEmpty || database.readonly)) throw notRagstone(path);
  if (version > migrations.length) {
    throw new RagError('DB_TOO_NEW', {
      message: `The database ${path} has schema version ${version}; this program knows versions up to ${migrations.length}.`,
      hint: 'Update ragstone: npm install -g ragstone@latest.',
    });
  }
}

export const schemaVersion = (database: Database.Database): number =>
  Number(database.pragma('user_version', { simple: true }));

function setUp(database: Database.Database): void {
  if (schemaVersion(database) === 0) database.pragma('page_size = 8192');
  database.pragma('journal_mode = WAL');
  if (schemaVersion(database) === migrations.length) return;
  database
    .transaction(() => {
      // Another process may have done it between the check and the lock.
      for (let version = schemaVersion(database); version < migrations.length; version++) {
        database.exec(migrations[version] ?? '');
        database.pragma(`user_version = ${version + 1}`);
      }
      database.pragma(`application_id = ${APPLICATION_ID}`);
    })
    .immediate();
}

/** Sizes from measurements: memory maps slow cold random reads, a big cache pays only while writing. */
function configure(database: Database.Database): void {
  database.pragma('foreign_keys = ON');
  database.pragma('synchronous = NORMAL');
  database.pragma('temp_store = MEMORY');
  database.pragma('cache_size = -32768');
  database.pragma('trusted_schema = OFF');
}
