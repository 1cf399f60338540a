import type Database from 'better-sqlite3';

/** Deletes so that nothing is left to read in the file: SQLite otherwise only marks the room as free. */
export function overwriting<T>(database: Database.Database, remove: () => T): T {
  const before = database.pragma('secure_delete', { simple: true });
  database.pragma('secure_delete = ON');
  try {
    return remove();
  } finally {
    database.pragma(`secure_delete = ${Number(before)}`);
  }
}
