import type Database from 'better-sqlite3';
import { describeSpace, isSameSpace } from '../../domain/same-space.ts';
import type { EmbeddingSpace, SearchFilter } from '../../domain/search.ts';
import { RagError } from '../../platform/errors.ts';
import type { ScoredRow } from '../types.ts';
import { chunkCondition } from './filter.ts';
import { int8Cosine, int8Of, vectorBytes, vectorOf } from './int8-vector.ts';
import { loadResidentVectors, type ResidentVectors } from './resident-vectors.ts';
import type { createSpaces } from './spaces.ts';
import { type createVectorTables, hasDirection } from './vector-tables.ts';

/** sqlite-vec answers no larger k. */
const MAX_NEIGHBOURS = 4096;

type SpaceRow = EmbeddingSpace & { readonly id: number };

type VectorsOptions = {
  readonly tables: ReturnType<typeof createVectorTables>;
  readonly spaces: ReturnType<typeof createSpaces>;
  readonly generation: () => number;
  /** Of a passage that a former version had; null when there is none. */
  readonly formerVector: (space: number, hash: Uint8Array) => Uint8Array | null;
};

/**
 * The vector leg: the table of the active space, which the first ingest sets. What goes leaves every space.
 * A filter goes into its query, so that it comes before the nearest are taken; without one, from the
 * second search on, all vectors are compared in memory, ten times faster, read again when any process has written.
 */
export function createVectors(
  database: Database.Database,
  { tables, spaces, generation, formerVector }: VectorsOptions,
) {
  const selectSpace = database.prepare<[], SpaceRow>(
    `SELECT id, provider, model, dimensions FROM spaces WHERE id = (SELECT value FROM meta WHERE key = 'active_space')`,
  );
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
    return row && tables.of(row.id);
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
    use(wanted: EmbeddingSpace): void {
      const there = space();
      if (!there) spaces.makeActive(spaces.ensure(wanted));
      else if (!isSameSpace(there, wanted)) {
        throw new RagError('SPACE_MISMATCH', {
          message: `The database's vectors come from ${describeSpace(there)}, not ${describeSpace(wanted)}.`,
          hint: `Set embedder.model to ${there.provider}/${there.model}, or change the vectors: \`rag models use ${wanted.provider}/${wanted.model}\`.`,
          details: { database: describeSpace(there), asked: describeSpace(wanted) },
        });
      }
    },
    put(row: number, vector: Float32Array): void {
      check(vector);
      active()?.insert(row, vector);
    },
    remove(row: number): void {
      for (const table of tables.all()) table.remove(row);
    },
    count: (): number => active()?.count() ?? 0,
    /** Of a passage, in the active space; null when it has none. */
    of(row: number): Float32Array | null {
      const bytes = active()?.select(row);
      return bytes ? vectorOf(bytes) : null;
    },
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
      const table = active();
      const scores = new Map<number, number>();
      if (!table) return scores;
      check(query);
      const wanted = int8Of(vectorBytes(query));
      const resident = residentScores(wanted);
      for (const row of rows) {
        const known = resident?.(row);
        if (known !== undefined) scores.set(row, known);
        if (resident) continue;
        const bytes = table.select(row);
        if (bytes) scores.set(row, int8Cosine(wanted, int8Of(bytes)));
      }
      return scores;
    },
    byHash(hashes: readonly Uint8Array[]): Map<string, Float32Array> {
      const found = new Map<string, Float32Array>();
      const row = space();
      if (!row) return found;
      const table = tables.of(row.id);
      for (const hash of hashes) {
        const bytes = table.byHash(hash) ?? formerVector(row.id, hash);
        if (bytes) found.set(Buffer.from(hash).toString('hex'), vectorOf(bytes));
      }
      return found;
    },
  };
}
