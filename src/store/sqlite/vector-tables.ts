import type Database from 'better-sqlite3';
import { vectorBytes } from './int8-vector.ts';

export type VectorTable = {
  readonly name: string;
  /** False for a vector without a direction: it is near to nothing, and is not kept. */
  insert(row: number, vector: Float32Array): boolean;
  insertBytes(row: number, bytes: Uint8Array): void;
  remove(row: number): void;
  select(row: number): Uint8Array | null;
  count(): number;
  /** Of any passage with this text that has one. */
  byHash(hash: Uint8Array): Uint8Array | null;
};

/**
 * One vec0 table for each space: int8, cosine. sqlite-vec takes integers only as BigInt, and knows no INSERT OR REPLACE.
 * `<table>_rowids` is its own list of the rows that it holds.
 */
export function createVectorTables(database: Database.Database) {
  const tables = new Map<number, VectorTable>();
  const ids = database.prepare<[], number>('SELECT id FROM spaces').pluck();
  const of = (id: number): VectorTable => {
    const there = tables.get(id) ?? prepare(database, `vectors_${id}`);
    tables.set(id, there);
    return there;
  };
  return {
    of,
    all: (): VectorTable[] => ids.all().map(of),
    create(id: number, dimensions: number): void {
      database.exec(
        `CREATE VIRTUAL TABLE vectors_${id} USING vec0(chunk_id INTEGER PRIMARY KEY, embedding int8[${Math.trunc(dimensions)}] distance_metric=cosine)`,
      );
    },
    drop(id: number): void {
      tables.delete(id);
      database.exec(`DROP TABLE vectors_${id}`);
    },
  };
}

function prepare(database: Database.Database, name: string): VectorTable {
  const insert = database.prepare<[bigint, Uint8Array]>(
    `INSERT INTO ${name} (chunk_id, embedding) VALUES (?, vec_int8(?))`,
  );
  const remove = database.prepare<[bigint]>(`DELETE FROM ${name} WHERE chunk_id = ?`);
  const select = database.prepare<[bigint], Buffer>(`SELECT embedding FROM ${name} WHERE chunk_id = ?`).pluck();
  const count = database.prepare<[], number>(`SELECT count(*) FROM ${name}_rowids`).pluck();
  const byHash = database
    .prepare<[Uint8Array], Buffer>(
      `SELECT embedding FROM ${name} WHERE chunk_id =
         (SELECT chunks.id FROM chunks JOIN ${name}_rowids AS there ON there.rowid = chunks.id WHERE embed_hash = ? LIMIT 1)`,
    )
    .pluck();
  const insertBytes = (row: number, bytes: Uint8Array): void => void insert.run(BigInt(row), bytes);
  return {
    name,
    insertBytes,
    insert(row, vector) {
      const bytes = vectorBytes(vector);
      if (!hasDirection(bytes)) return false;
      insertBytes(row, bytes);
      return true;
    },
    remove: (row) => void remove.run(BigInt(row)),
    select: (row) => select.get(BigInt(row)) ?? null,
    count: () => count.get() ?? 0,
    byHash: (hash) => byHash.get(hash) ?? null,
  };
}

export const hasDirection = (bytes: Uint8Array): boolean => bytes.some((value) => value !== 0);
