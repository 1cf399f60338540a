import type Database from 'better-sqlite3';

/** Settings that were fitted to this database: JSON in the table of facts about it. */
export function createTuning(database: Database.Database) {
  const read = database.prepare<[], string>(`SELECT value FROM meta WHERE key = 'tuning'`).pluck();
  return {
    /** Empty when there are none, or when what stands there is no object: searches then have the defaults. */
    get(): Record<string, unknown> {
      const text = read.get();
      if (typeof text !== 'string') return {};
      try {
        const value: unknown = JSON.parse(text);
        return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : {};
      } catch {
        // A damaged line of settings must not keep anyone from searching.
        return {};
      }
    },
    put(values: Readonly<Record<string, unknown>>): void {
      database.prepare(`DELETE FROM meta WHERE key = 'tuning'`).run();
      if (Object.keys(values).length > 0)
        database.prepare(`INSERT INTO meta VALUES ('tuning', ?)`).run(JSON.stringify(values));
    },
  };
}
