import type Database from 'better-sqlite3';

/** Tables of what was asked, found and said before: all of it may repeat what documents no longer hold. */
const KEPT = ['questions', 'kept_results', 'kept_replies', 'kept_query_vectors'];

/**
 * Overwrites what is no longer part of any document: the words that the indexes keep until their parts are joined, what
 * was kept to be faster, the questions, and all free pages. What people said and were told is theirs: `rewriteKept` takes out of it what is to go.
 */
export function forgetTraces(database: Database.Database): void {
  const isThere = database.prepare<[string], number>('SELECT 1 FROM sqlite_schema WHERE name = ?').pluck();
  database.pragma('secure_delete = ON');
  try {
    database
      .transaction(() => {
        for (const table of KEPT) if (isThere.get(table)) database.prepare(`DELETE FROM ${table}`).run();
        for (const table of ['chunk_words', 'chunk_grams'])
          database.prepare(`INSERT INTO ${table} (${table}) VALUES ('optimize')`).run();
      })
      .immediate();
    // Writes the file anew, without free pages and the ends of pages that are in use.
    database.exec('VACUUM');
    database.pragma('wal_checkpoint(TRUNCATE)');
  } finally {
    database.pragma('secure_delete = OFF');
  }
}
