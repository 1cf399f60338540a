import type Database from 'better-sqlite3';
import type { EmbeddingSpace, SearchFilter } from '../../domain/search.ts';
import { RagError } from '../../platform/errors.ts';
import type { ScoredRow } from '../types.ts';
import { chunkCondition } from './filter.ts';
import { int8Cosine, int8Of, vectorBytes, vectorOf } from './int8-vector.ts';
import { loadResidentVectors, type ResidentVectors } from './resident-vectors.ts';

/** sqlite-vec answers no larger k. */
const MAX_NEIGHBOURS = 4096;

type SpaceRow = EmbeddingSpace & { readonly id: number };

/**
 * The vector leg: one vec0 table for the active space, int8, cosine. Made when the first space is set.
 * A filter goes into its query, so that it comes before the nearest are taken; without one, from the
 * second search on, all vectors are compared in memory, ten times faster, read again when any process has written.
 * sqlite-vec takes integers only as BigInt, and knows no INSERT OR REPLACE.
 */
export function createVectors(database: Database.Database, generation: () => number) {
  const selectSpace = database.prepare<[], SpaceRow>(
    `SELECT id, provider, model, dimensions FROM spaces WHERE id = (SELECT value FROM meta WHERE key = 'active_space')`,
  );
  let tables: { id: number; statements: ReturnType<typeof prepare> } | null = null;

  const prepare = (id: number) => ({
    insert: database.prepare(`INSERT INTO vectors_${id} (chunk_id, embedding) VALUES (?, vec_int8(?))`),
    remove: database.prepare(`DELETE FROM vectors_${id} WHERE chunk_id = ?`),
    select: database.prepare<[bigint], Buffer>(`SELECT embedding FROM vectors_${id} WHERE chunk_id = ?`).pluck(),
    count: database.prepare<[], number>(`SELECT count(*) FROM vectors_${id}_rowids`).pluck(),
    byHash: database
      .prepare<[Uint8Array], Buffer>(
        `SELECT embedding FROM vectors_${id} WHERE chunk_id = (SELECT id FROM chunks WHERE embed_hash = ? LIMIT 1)`,
      )
      .pluck(),
  });

  let resident: { readonly generation: number; readonly vectors: ResidentVectors | null } | null = null;
  let searchedAt: number | null = null;

  /** Null for the first search since a write: one sweep over the table costs less than reading all of it into memory. */
  const residentVectors = ({ id, dimensions }: SpaceRow): ResidentVectors | null => {
    const now = generation();
    if (resident?.generation === now) return resident.vectors;
    const isSecond = searchedAt === now;
    searchedAt = now;
    resident = isSecond
      ? { generation: now, vectors: loadResidentVectors(database, `vectors_${id}`, dimensions) }
      : null;
    return resident?.vectors ?? null;
  };

  /** Of the query that was searched for last, if nothing was written since. */
  const residentScores = (query: Int8Array) =>
    resident?.generation === generation() ? (resident.vectors?.scoresOf(query) ?? null) : null;

  const space = (): SpaceRow | null => selectSpace.get() ?? null;
  const active = () => {
    const row = space();
    if (!row) return null;
    if (tables?.id !== row.id) tables = { id: row.id, statements: prepare(row.id) };
    return tables.statements;
  };
  const check = (vector: Float32Array): void => {
    const row = space();
    if (!row || vector.length !== row.dimensions) {
      throw new RagError('SPACE_MISMATCH', {
        message: `A vector of ${vector.length} dimensions does not fit the database's ${row?.dimensions ?? 'missing'} space.`,
        hint: 'Set embedder.model back to the model that the database was made with; `rag status` names it.',
      });
    }
  };

  return {
    space,
    use(wanted: EmbeddingSpace, now: string): void {
      const there = space();
      if (there) {
        if (isSameSpace(there, wanted)) return;
        throw new RagError('SPACE_MISMATCH', {
          message: `The database's vectors come from ${nameOf(there)}, not ${nameOf(wanted)}.`,
          hint: `Set embedder.model to ${there.provider}/${there.model}, or add the documents to a new database (--db).`,
          details: { database: nameOf(there), asked: nameOf(wanted) },
        });
      }
      const { lastInsertRowid } = database
        .prepare('INSERT INTO spaces (provider, model, dimensions, created_at) VALUES (?, ?, ?, ?)')
        .run(wanted.provider, wanted.model, wanted.dimensions, now);
      database.exec(
        `CREATE VIRTUAL TABLE vectors_${lastInsertRowid} USING vec0(chunk_id INTEGER PRIMARY KEY, embedding int8[${Math.trunc(wanted.dimensions)}] distance_metric=cosine)`,
      );
      database.prepare(`INSERT OR REPLACE INTO meta VALUES ('active_space', ?)`).run(Number(lastInsertRowid));
    },
    /** A vector without a direction is near to nothing and is not kept. */
    put(row: number, vector: Float32Array): void {
      check(vector);
      const bytes = vectorBytes(vector);
      if (hasDirection(bytes)) active()?.insert.run(BigInt(row), bytes);
    },
    remove(row: number): void {
      active()?.remove.run(BigInt(row));
    },
    count: (): number => active()?.count.get() ?? 0,
    search(query: Float32Array, limit: number, filter: SearchFilter): ScoredRow[] {
      const row = space();
      if (!row || limit <= 0) return [];
      check(query);
      const bytes = vectorBytes(query);
      if (!hasDirection(bytes)) return [];
      const condition = chunkCondition(filter, 'chunk_id');
      const all = condition ? null : residentVectors(row);
      const wanted = int8Of(bytes);
      if (all) return all.search(wanted, limit);
      const nearest = database.prepare<unknown[], { row: number; embedding: Buffer }>(
        `SELECT chunk_id AS row, embedding FROM vectors_${row.id}
         WHERE embedding MATCH vec_int8(?) AND k = ? ${condition ? `AND ${condition.sql}` : ''}`,
      );
      // Of equal vectors sqlite-vec takes any, so the last that is wanted must be better than one that is not.
      for (let k = limit + 1; ; k *= 4) {
        const most = Math.min(k, MAX_NEIGHBOURS);
        const found = nearest
          .all(bytes, BigInt(most), ...(condition?.parameters ?? []))
          .map(({ row, embedding }) => ({ row, score: int8Cosine(wanted, int8Of(embedding)) }))
          .sort((a, b) => b.score - a.score || a.row - b.row);
        const isCut = found.length === most && found[limit - 1]?.score === found.at(-1)?.score;
        if (!isCut || most === MAX_NEIGHBOURS) return found.slice(0, limit);
      }
    },
    score(query: Float32Array, rows: readonly number[]): Map<number, number> {
      const statements = active();
      const scores = new Map<number, number>();
      if (!statements) return scores;
      check(query);
      const wanted = int8Of(vectorBytes(query));
      const resident = residentScores(wanted);
      for (const row of rows) {
        const known = resident?.(row);
        if (known !== undefined) scores.set(row, known);
        if (resident) continue;
        const bytes = statements.select.get(BigInt(row));
        if (bytes) scores.set(row, int8Cosine(wanted, int8Of(bytes)));
      }
      return scores;
    },
    byHash(hashes: readonly Uint8Array[]): Map<string, Float32Array> {
      const found = new Map<string, Float32Array>();
      const statements = active();
      if (!statements) return found;
      for (const hash of hashes) {
        const bytes = statements.byHash.get(hash);
        if (bytes) found.set(Buffer.from(hash).toString('hex'), vectorOf(bytes));
      }
      return found;
    },
  };
}

const hasDirection = (bytes: Uint8Array): boolean => bytes.some((value) => value !== 0);

const nameOf = (space: EmbeddingSpace): string => `${space.provider}/${space.model} (${space.dimensions} dimensions)`;

const isSameSpace = (a: EmbeddingSpace, b: EmbeddingSpace): boolean =>
  a.provider === b.provider && a.model === b.model && a.dimensions === b.dimensions;
