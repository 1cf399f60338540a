import type Database from 'better-sqlite3';
import type { CacheCounts, KeptResultFigures } from '../usage-types.ts';

/** Some hundred searches of ten hits, compressed. */
export const MAX_KEPT_BYTES = 4_000_000;

/**
 * Results of searches, replies of models or vectors of questions, kept for the next time: the ones that were not used for
 * longest go. Any write of documents clears results and replies.
 */
export function createKeptResults(
  database: Database.Database,
  table: 'kept_results' | 'kept_replies' | 'kept_query_vectors' = 'kept_results',
) {
  const select = database.prepare<[Uint8Array], Buffer>(`SELECT value FROM ${table} WHERE key = ?`).pluck();
  const nextUse = `(SELECT coalesce(max(used), 0) + 1 FROM ${table})`;
  const insert = database.prepare(
    `INSERT OR REPLACE INTO ${table} (key, used, bytes, value) VALUES (?, ${nextUse}, ?, ?)`,
  );
  const touch = database.prepare(`UPDATE ${table} SET used = ${nextUse} WHERE key = ?`);
  const figures = database.prepare<[], KeptResultFigures>(
    `SELECT count(*) AS entries, coalesce(sum(bytes), 0) AS bytes FROM ${table}`,
  );
  const prune = database.prepare(
    `DELETE FROM ${table} WHERE key IN
       (SELECT key FROM (SELECT key, sum(bytes) OVER (ORDER BY used DESC) AS total FROM ${table}) WHERE total > ?)`,
  );
  const clear = database.prepare(`DELETE FROM ${table}`);
  const count = database.prepare(`
    INSERT INTO cache_counts (name, hits, misses) VALUES (@name, @hits, @misses)
    ON CONFLICT (name) DO UPDATE SET hits = hits + excluded.hits, misses = misses + excluded.misses`);
  return {
    get: (key: Uint8Array): Uint8Array | null => select.get(key) ?? null,
    put(key: Uint8Array, value: Uint8Array): void {
      if (value.length > MAX_KEPT_BYTES) return;
      insert.run(key, value.length, value);
      prune.run(MAX_KEPT_BYTES);
    },
    touch: (key: Uint8Array): void => void touch.run(key),
    figures: (): KeptResultFigures => figures.get() as KeptResultFigures,
    clear(): KeptResultFigures {
      const before = figures.get() as KeptResultFigures;
      if (before.entries > 0) clear.run();
      return before;
    },
    count: (name: string, { hits, misses }: { hits: number; misses: number }): void =>
      void count.run({ name, hits, misses }),
    counts: (): CacheCounts =>
      Object.fromEntries(
        (
          database.prepare('SELECT * FROM cache_counts ORDER BY name').all() as {
            name: string;
            hits: number;
            misses: number;
          }[]
        ).map(({ name, hits, misses }) => [name, { hits, misses }]),
      ),
    clearCounts: (): void => void database.prepare('DELETE FROM cache_counts').run(),
  };
}
