import type Database from 'better-sqlite3';
import { readVarints, writeVarints } from './varint.ts';

/** Row of FTS5's own table that holds how many rows there are, and how many words each column has in all of them. */
const TOTALS_ROW = 1;

/**
 * Keeps the figures that BM25 divides by in step with what is there. A contentless FTS5 table counts what is put into it but
 * not what is taken out (SQLite 3.53), so that after many edits every word would look rarer than it is, and a search would
 * depend on what the database once held.
 */
export function createWordTotals(database: Database.Database, table: string) {
  const select = database.prepare<[], Buffer>(`SELECT block FROM ${table}_data WHERE id = ${TOTALS_ROW}`).pluck();
  const sizesOf = database.prepare<[number], Buffer>(`SELECT sz FROM ${table}_docsize WHERE id = ?`).pluck();
  const allSizes = database.prepare<[], Buffer>(`SELECT sz FROM ${table}_docsize`).pluck();
  const flush = database.prepare(`INSERT INTO ${table} (${table}) VALUES ('flush')`);
  const isCounted = database.prepare<[], number>(`SELECT 1 FROM meta WHERE key = '${table}_totals'`).pluck();
  const markCounted = database.prepare(`INSERT OR REPLACE INTO meta VALUES ('${table}_totals', 1)`);
  let rows = 0;
  let sizes: number[] = [];

  const addTo = (sums: number[], row: readonly number[]): void => {
    row.forEach((size, column) => {
      sums[column] = (sums[column] ?? 0) + size;
    });
  };

  /** From what is there: for a database that was written before the figures were kept. */
  const recount = (): number[] => {
    const sums: number[] = [];
    let count = 0;
    for (const row of allSizes.iterate()) {
      count++;
      addTo(sums, readVarints(row));
    }
    return [count, ...sums];
  };

  /** The one thing for which the guard over FTS5's own tables is lifted. */
  const update = (totals: readonly number[]): void => {
    database.unsafeMode(true);
    try {
      database
        .prepare<[Uint8Array]>(`UPDATE ${table}_data SET block = ? WHERE id = ${TOTALS_ROW}`)
        .run(writeVarints(totals));
    } finally {
      database.unsafeMode(false);
    }
  };

  return {
    /** Before the row is deleted. */
    removing(row: number): void {
      const stored = sizesOf.get(row);
      if (!stored) return;
      rows++;
      addTo(sizes, readVarints(stored));
    },
    /** At the end of a transaction. */
    settle(): void {
      if (rows === 0) return;
      flush.run();
      const isKept = isCounted.get() !== undefined;
      const [count = 0, ...sums] = readVarints(select.get() ?? Buffer.alloc(0));
      const totals = isKept ? [count - rows, ...sums.map((sum, column) => sum - (sizes[column] ?? 0))] : recount();
      update(totals.map((total) => Math.max(0, total)));
      if (!isKept) markCounted.run();
      rows = 0;
      sizes = [];
    },
    /** When a transaction was rolled back. */
    forget(): void {
      rows = 0;
      sizes = [];
    },
  };
}
