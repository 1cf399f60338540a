import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { messageOf, RagError } from '../../platform/errors.ts';
import { instantiateKernel, WASM_PAGE_BYTES } from '../../platform/wasm/instantiate.ts';
import { wasmBase64 } from './sum-rows.wasm.ts';
import { MAX_PIECES } from './tokenize.ts';

/** Dimensions of the built-in model. */
export const DIMENSIONS = 256;
const ROW_BYTES = DIMENSIONS / 2;
const SCALE_BYTES = 2;
/** What is added to a value of 4 bits, so that it is no negative number. */
const NIBBLE_EXCESS = 8;
const LARGEST_WEIGHT = 32_767;

/** Rows read one by one before the whole file is: a question has ten, and reading all costs as much as 500 of them. */
const MOST_SINGLE_ROWS = 256;

/** The rows of the model, and means of them. */
export type PieceTable = {
  /** The L2-normalised mean of the rows; null when there are none or they cancel out. At most `MAX_PIECES` ids. */
  pool(ids: Uint16Array, count: number): Float32Array | null;
};

type Kernel = { sumRows(offsets: number, weights: number, count: number, excess: number, out: number): void };

/**
 * The table of a file: `pieces` float16 scales, then as many rows of 4-bit values. Rows are read when they are first
 * needed, all of them once many were. Throws MODEL_NOT_FOUND when the file is missing or of another size.
 */
export function openPieceTable(path: string, pieces: number): PieceTable {
  const tableBytes = pieces * (SCALE_BYTES + ROW_BYTES);
  checkSize(path, tableBytes);
  const outAt = tableBytes + (-tableBytes & 15);
  const offsetsAt = outAt + DIMENSIONS * 4;
  const weightsAt = offsetsAt + MAX_PIECES * 4;
  const end = weightsAt + MAX_PIECES * 2;

  // Untouched pages of it take no memory, so room for the whole table costs nothing before it is read.
  const memory = allocate(Math.ceil(end / WASM_PAGE_BYTES));
  const kernel = instantiateKernel<Kernel>(wasmBase64, memory);
  const bytes = new Uint8Array(memory.buffer);
  const sums = new Int32Array(memory.buffer, outAt, DIMENSIONS);
  const offsets = new Uint32Array(memory.buffer, offsetsAt, MAX_PIECES);
  const weights = new Int16Array(memory.buffer, weightsAt, MAX_PIECES);
  const scales = new Float32Array(pieces);

  let single = 0;
  let complete = false;
  const isMissing = (id: number): boolean => scales[id] === 0;
  const readScale = (id: number): void => {
    scales[id] = float16(bytes[id * SCALE_BYTES]! | (bytes[id * SCALE_BYTES + 1]! << 8));
  };
  const rowOffset = (id: number): number => pieces * SCALE_BYTES + id * ROW_BYTES;
  const load = (ids: Uint16Array): void => {
    const missing = ids.filter(isMissing);
    if (complete || missing.length === 0) return;
    single += missing.length;
    complete = single > MOST_SINGLE_ROWS;
    withFile(path, (file) => {
      if (complete) {
        readFully(file, bytes, 0, tableBytes);
        for (let id = 0; id < pieces; id++) readScale(id);
        return;
      }
      for (const id of missing) {
        readFully(file, bytes, id * SCALE_BYTES, SCALE_BYTES);
        readFully(file, bytes, rowOffset(id), ROW_BYTES);
        readScale(id);
      }
    });
  };

  return {
    pool(ids, count) {
      if (count === 0) return null;
      if (!complete) load(ids.subarray(0, count));
      // The mean is normalised, so that weights may be scales in any unit; this one uses all bits.
      let largest = 0;
      for (let index = 0; index < count; index++) largest = Math.max(largest, scales[ids[index]!]!);
      const factor = LARGEST_WEIGHT / largest;
      let total = 0;
      for (let index = 0; index < count; index++) {
        const weight = Math.round(scales[ids[index]!]! * factor);
        total += weight;
        weights[index] = weight;
        offsets[index] = rowOffset(ids[index]!);
      }
      kernel.sumRows(offsetsAt, weightsAt, count, total * NIBBLE_EXCESS, outAt);
      return normalized(sums);
    },
  };
}

function normalized(sums: Int32Array): Float32Array | null {
  let squares = 0;
  for (let index = 0; index < DIMENSIONS; index++) squares += sums[index]! * sums[index]!;
  if (squares === 0) return null;
  const factor = 1 / Math.sqrt(squares);
  const vector = new Float32Array(DIMENSIONS);
  for (let index = 0; index < DIMENSIONS; index++) vector[index] = sums[index]! * factor;
  return vector;
}

function float16(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = (bits & 1023) / 1024;
  return sign * (exponent === 0 ? 2 ** -14 * fraction : 2 ** (exponent - 15) * (1 + fraction));
}

function checkSize(path: string, expected: number): void {
  const size = withFile(path, (file) => fstatSync(file).size);
  if (size === expected) return;
  throw new RagError('MODEL_NOT_FOUND', {
    message: `The built-in embedding model is damaged: ${path} has ${size} bytes, not ${expected}.`,
    hint: 'Install ragstone again.',
  });
}

function withFile<Result>(path: string, use: (file: number) => Result): Result {
  let file: number;
  try {
    file = openSync(path, 'r');
  } catch (cause) {
    throw new RagError('MODEL_NOT_FOUND', {
      message: `The built-in embedding model cannot be read: ${path}.`,
      hint: 'The installation is incomplete. Install ragstone again, or run `npm run build` in a checkout.',
      cause,
    });
  }
  try {
    return use(file);
  } finally {
    closeSync(file);
  }
}

/** Bytes of a file to the same place in memory. */
function readFully(file: number, target: Uint8Array, offset: number, length: number): void {
  let done = 0;
  while (done < length) {
    const read = readSync(file, target, offset + done, length - done, offset + done);
    if (read === 0) {
      throw new RagError('MODEL_NOT_FOUND', {
        message: `The built-in embedding model ended after ${offset + done} bytes.`,
        hint: 'Install ragstone again.',
      });
    }
    done += read;
  }
}

function allocate(pages: number): WebAssembly.Memory {
  try {
    return new WebAssembly.Memory({ initial: pages });
  } catch (cause) {
    throw new RagError('MODEL_FAILED', {
      message: `The embedding model got no memory: ${messageOf(cause)} (${Math.ceil((pages * WASM_PAGE_BYTES) / 2 ** 20)} MiB, and some GiB of addresses around them).`,
      hint: 'Where addresses are bounded (`ulimit -v`), raise the bound or set NODE_OPTIONS=--disable-wasm-trap-handler.',
      cause,
    });
  }
}
