import type Database from 'better-sqlite3';
import { createInt8Matrix, type Int8Matrix } from '../../platform/wasm/int8-matrix.ts';
import type { ScoredRow } from '../types.ts';
import { int8Of, inverseNorm } from './int8-vector.ts';

/** All vectors of a space in memory, to be compared with a query in one sweep. */
export type ResidentVectors = {
  /** Nearest by cosine, best first. */
  search(query: Int8Array, limit: number): ScoredRow[];
  /** Cosines of single rows (undefined where one has no vector), if this query was the last that was searched for. */
  scoresOf(query: Int8Array): ((row: number) => number | undefined) | null;
};

/** 256 MiB at 256 dimensions; above, the index on disk is searched. */
const MAX_RESIDENT_ROWS = 1_000_000;

type VectorBlock = { readonly validity: Buffer; readonly rowids: Buffer; readonly vectors: Buffer };

/**
 * Reads the vectors of a vec0 table in blocks from the tables it keeps them in, thirty times faster than row by row.
 * Null when there are none or too many, or the blocks are not laid out as sqlite-vec 0.1 does it.
 */
export function loadResidentVectors(
  database: Database.Database,
  table: string,
  dimensions: number,
): ResidentVectors | null {
  const count = database.prepare<[], number>(`SELECT count(*) FROM ${table}_rowids`).pluck().get() ?? 0;
  if (count === 0 || count > MAX_RESIDENT_ROWS) return null;
  const matrix = createInt8Matrix(dimensions, count);
  const rows = new Float64Array(count);
  const blocks = database.prepare<[], VectorBlock>(
    `SELECT validity, rowids, vectors FROM ${table}_chunks AS blocks
     JOIN ${table}_vector_chunks00 AS contents ON contents.rowid = blocks.chunk_id ORDER BY blocks.chunk_id`,
  );
  for (const { validity, rowids, vectors } of blocks.iterate()) {
    const slots = rowids.length / 8;
    if (validity.length * 8 < slots || vectors.length !== slots * dimensions) return null;
    for (let slot = 0; slot < slots; slot++) {
      if (!((validity[slot >> 3] as number) & (1 << (slot & 7)))) continue;
      if (matrix.count === count) return null;
      rows[matrix.count] = Number(rowids.readBigInt64LE(slot * 8));
      const vector = int8Of(vectors.subarray(slot * dimensions, (slot + 1) * dimensions));
      matrix.push(vector, inverseNorm(vector));
    }
  }
  return matrix.count === count ? residentVectors(matrix, rows) : null;
}

function residentVectors(matrix: Int8Matrix, rows: Float64Array): ResidentVectors {
  const scores = new Float32Array(rows.length);
  const indexOf = indexLookup(rows);
  let last: Int8Array | null = null;
  let queryScale = 0;
  const scoreOf = (row: number): number | undefined => {
    const index = indexOf(row);
    return index < 0 ? undefined : (scores[index] as number) * queryScale;
  };
  return {
    search(query, limit) {
      matrix.scan(Float32Array.from(query), scores);
      last = query;
      queryScale = inverseNorm(query);
      return topIndices(scores, limit, rows)
        .map((index) => ({ row: rows[index] as number, score: (scores[index] as number) * queryScale }))
        .sort((a, b) => b.score - a.score || a.row - b.row);
    },
    scoresOf: (query) => (last && query.every((value, i) => value === last?.[i]) ? scoreOf : null),
  };
}

/** Rows are in ascending order unless slots of removed ones were used again. */
function indexLookup(rows: Float64Array): (row: number) => number {
  if (rows.every((row, i) => i === 0 || row > (rows[i - 1] as number))) {
    return (row) => {
      let low = 0;
      let high = rows.length - 1;
      while (low <= high) {
        const middle = (low + high) >> 1;
        const there = rows[middle] as number;
        if (there === row) return middle;
        if (there < row) low = middle + 1;
        else high = middle - 1;
      }
      return -1;
    };
  }
  const indices = new Map<number, number>();
  rows.forEach((row, index) => void indices.set(row, index));
  return (row) => indices.get(row) ?? -1;
}

/**
 * Indices of the `limit` largest values, of equal ones those of the lowest rows, in no order: a heap whose root is the next
 * to go. Slots of removed rows are used again, so that the order of indices says nothing.
 */
export function topIndices(values: Float32Array, limit: number, rows?: Float64Array): number[] {
  const heap: number[] = [];
  const at = (position: number): number => values[heap[position] as number] as number;
  const rowOf = (index: number): number => (rows ? (rows[index] as number) : index);
  /** Whether what stands at `a` goes before what stands at `b`. */
  const goesFirst = (a: number, b: number): boolean =>
    at(a) < at(b) || (at(a) === at(b) && rowOf(heap[a] as number) > rowOf(heap[b] as number));
  const swap = (a: number, b: number): void => {
    [heap[a], heap[b]] = [heap[b] as number, heap[a] as number];
  };
  const sink = (): void => {
    for (let parent = 0; ; ) {
      const left = 2 * parent + 1;
      if (left >= heap.length) return;
      const child = left + 1 < heap.length && goesFirst(left + 1, left) ? left + 1 : left;
      if (!goesFirst(child, parent)) return;
      swap(child, parent);
      parent = child;
    }
  };
  for (let index = 0; index < values.length; index++) {
    if (heap.length < limit) {
      heap.push(index);
      for (let child = heap.length - 1; child > 0 && goesFirst(child, (child - 1) >> 1); child = (child - 1) >> 1) {
        swap(child, (child - 1) >> 1);
      }
    } else if (limit > 0 && (values[index] as number) >= at(0)) {
      if (values[index] === at(0) && rowOf(index) > rowOf(heap[0] as number)) continue;
      heap[0] = index;
      sink();
    }
  }
  return heap;
}
