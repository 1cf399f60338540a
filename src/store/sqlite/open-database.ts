import { closeSync, constants, existsSync, fstatSync, mkdirSync, openSync, readSync } from 'node:fs';
import { dirname } from 'node:path';
import Database from 'better-sqlite3';
import * as sqliteVec from 'sqlite-vec';
import { RagError } from '../../platform/errors.ts';
import { mapSqliteError } from './map-sqlite-error.ts';
import { migrations } from './migrations/migrations.ts';

/** "RAGS" in ASCII: what `file` and `PRAGMA application_id` show of the file. */
const APPLICATION_ID = 0x52414753;

/** A writer of another process holds the lock for one batch, a second or so; this is for a machine under load. */
export const BUSY_TIMEOUT_MS = 60_000;

export type OpenDatabaseOptions = {
  readonly path: string;
  /** Make the file and its folder when they are not there. */
  readonly create: boolean;
  readonly readOnly: boolean;
};

/**
 * Opens the file, checks that it is ours and sound enough to be read, and brings its schema up to date.
 * Throws RagError DB_MISSING, DB_NOT_RAGSTONE, DB_TOO_NEW, DB_READ_ONLY, DB_DAMAGED or DB_BUSY.
 */
export function openDatabase({ path, create, readOnly }: OpenDatabaseOptions): Database.Database {
  if (existsSync(path)) checkHeader(path);
  else if (!create || readOnly) {
    throw new RagError('DB_MISSING', {
      message: `There is no database at ${path}.`,
      hint: 'Run `rag init`, or `rag add <folder>`, or name another file with --db.',
    });
  }
  let database: Database.Database | undefined;
  try {
    if (!readOnly) mkdirSync(dirname(path), { recursive: true });
    database = new Database(path, { readonly: readOnly, timeout: BUSY_TIMEOUT_MS });
    checkIdentity(database, path);
    sqliteVec.load(database);
    if (!readOnly) setUp(database);
    configure(database);
    return database;
  } catch (error) {
    database?.close();
    if (isFileAccessError(error)) {
      throw new RagError('DB_READ_ONLY', {
        message: `The database ${path} cannot be made or written (${error.code}).`,
        hint: 'Make the folder writable, or choose another file with --db.',
        cause: error,
      });
    }
    throw mapSqliteError(error, path);
  }
}

const isFileAccessError = (error: unknown): error is NodeJS.ErrnoException =>
  error instanceof Error &&
  ['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST'].includes(String((error as NodeJS.ErrnoException).code));

/** SQLite itself says "not a database" only at the first read, and takes an empty file for a new database. */
function checkHeader(path: string): void {
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
    if (stat.isFile() && stat.size === 0) return;
    if (stat.isFile() && readSync(file, head, 0, head.length, 0) === head.length && head.equals(magic)) return;
  } finally {
    closeSync(file);
  }
  throw notRagstone(path);
}

const notRagstone = (path: string): RagError =>
  new RagError('DB_NOT_RAGSTONE', {
    message: `${path} is not a ragstone database.`,
    hint: 'Choose another file with --db, or make a new one with `rag init`.',
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
