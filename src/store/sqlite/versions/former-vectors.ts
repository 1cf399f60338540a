import type Database from 'better-sqlite3';
import type { createVectorTables } from '../vector-tables.ts';

/** Vectors of passages that no document has any more, but a former version had: once for each text and space. */
export function createFormerVectors(database: Database.Database, tables: ReturnType<typeof createVectorTables>) {
  const spaces = database.prepare<[], number>('SELECT id FROM spaces').pluck();
  const insert = database.prepare<[number, Uint8Array, Uint8Array]>(
    'INSERT OR IGNORE INTO former_vectors (space_id, embed_hash, vector) VALUES (?, ?, ?)',
  );
  const select = database
    .prepare<[number, Uint8Array], Buffer>('SELECT vector FROM former_vectors WHERE space_id = ? AND embed_hash = ?')
    .pluck();
  const sweep = database.prepare(
    'DELETE FROM former_vectors WHERE embed_hash NOT IN (SELECT embed_hash FROM left_passages)',
  );
  return {
    /** Before the passage is removed. */
    keep(chunk: number, hash: Uint8Array): void {
      for (const space of spaces.all()) {
        const bytes = tables.of(space).select(chunk);
        if (bytes) insert.run(space, hash, bytes);
      }
    },
    get: (space: number, hash: Uint8Array): Uint8Array | null => select.get(space, hash) ?? null,
    spaces: (): number[] => spaces.all(),
    /** Drops those that no version needs. */
    sweep: (): void => void sweep.run(),
  };
}
