import { RagError, type RagErrorCode } from '../../platform/errors.ts';
import { isSqliteError } from './open-sqlite.ts';

/** How sqlite-vec and FTS5 say that their own tables do not fit together; SQLite itself sees nothing wrong with them. */
const INDEX_DAMAGE =
  /could not find a row with rowid|(?:chunks|vectors) iter error|validity size|vectors? (?:blob|chunk)|invalid fts5 file format|vtable constructor failed/i;

const rules: readonly { match: RegExp; code: RagErrorCode; what: string; hint: string }[] = [
  {
    match: /^SQLITE_(BUSY|LOCKED)/,
    code: 'DB_BUSY',
    what: 'is in use by another process that did not finish in time',
    hint: 'Wait for the other `rag` to finish, then run the command again.',
  },
  {
    match: /^SQLITE_NOTADB/,
    code: 'DB_NOT_RAGSTONE',
    what: 'is not a ragstone database',
    hint: 'Choose another file with --db, or make a new one with `rag init`.',
  },
  {
    match: /^SQLITE_CORRUPT/,
    code: 'DB_DAMAGED',
    what: 'is damaged',
    hint: 'Restore a copy of the file, or delete it and add the sources again; `rag doctor` shows the details.',
  },
  {
    match: /^SQLITE_(READONLY|PERM|AUTH)/,
    code: 'DB_READ_ONLY',
    what: 'cannot be written',
    hint: 'Make the file and its folder writable, or choose another file with --db.',
  },
  {
    match: /^SQLITE_FULL/,
    code: 'DB_FAILED',
    what: 'cannot grow: the disk is full',
    hint: 'Free some space, then run the command again; what was finished is kept.',
  },
  {
    match: /^SQLITE_CANTOPEN/,
    code: 'DB_MISSING',
    what: 'cannot be opened',
    hint: 'Check that the folder exists and may be written, or choose another file with --db.',
  },
];

/** Turns an error of SQLite or its binding into the project's own; anything else comes back as it was. */
export function mapSqliteError(error: unknown, path: string): unknown {
  if (error instanceof TypeError && error.message === 'The database connection is not open') {
    return new RagError('DB_FAILED', {
      message: `The database ${path} was closed.`,
      hint: 'Open it again; nothing can be done with a knowledge base after close().',
      cause: error,
    });
  }
  if (!isSqliteError(error)) return error;
  const code = INDEX_DAMAGE.test(error.message) ? 'SQLITE_CORRUPT' : error.code;
  const rule = rules.find(({ match }) => match.test(code));
  return new RagError(rule?.code ?? 'DB_FAILED', {
    message: `The database ${path} ${rule?.what ?? 'reported an error'} (${error.code}: ${error.message}).`,
    hint: rule?.hint ?? 'Run `rag doctor` for a check of the file.',
    details: { path, sqlite: error.code },
    cause: error,
  });
}
