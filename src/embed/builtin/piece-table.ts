import { readFileSync } from 'node:fs';
import { RagError } from '../../platform/errors.ts';

/** Dimensions of the built-in model. */
export const DIMENSIONS = 256;
const ROW_BYTES = DIMENSIONS / 2;
const SCALE_BYTES = 2;

/** The rows of the model, and means of them. */
export type PieceTable = {
  /** The L2-normalised mean of the rows; null when there are none or they cancel out. */
  pool(ids: Uint16Array, count: number): Float32Array | null;
};

/** Throws MODEL_NOT_FOUND when the file is missing or not of `pieces` rows. */
export function readPieceTable(path: string, pieces: number): PieceTable {
  const bytes = readTable(path, pieces);
  const scales = Float32Array.from({ length: pieces }, (_, id) => float16(bytes[id * 2]! | (bytes[id * 2 + 1]! << 8)));
  return {
    pool(ids, count) {
      const sum = new Float32Array(DIMENSIONS);
      for (let index = 0; index < count; index++) {
        const id = ids[index]!;
        const scale = scales[id]!;
        let offset = pieces * SCALE_BYTES + id * ROW_BYTES;
        for (let dimension = 0; dimension < DIMENSIONS; dimension += 2) {
          const pair = bytes[offset++]!;
          sum[dimension]! += scale * ((pair & 15) - 8);
          sum[dimension + 1]! += scale * ((pair >> 4) - 8);
        }
      }
      return normalized(sum);
    },
  };
}

function normalized(vector: Float32Array): Float32Array | null {
  let squares = 0;
  for (const value of vector) squares += value * value;
  if (squares === 0) return null;
  const factor = 1 / Math.sqrt(squares);
  return vector.map((value) => value * factor);
}

function float16(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = (bits & 1023) / 1024;
  return sign * (exponent === 0 ? 2 ** -14 * fraction : 2 ** (exponent - 15) * (1 + fraction));
}

function readTable(path: string, pieces: number): Uint8Array {
  const expected = pieces * (SCALE_BYTES + ROW_BYTES);
  let bytes: Uint8Array;
  try {
    bytes = readFileSync(path);
  } catch (cause) {
    throw new RagError('MODEL_NOT_FOUND', {
      message: `The built-in embedding model cannot be read: ${path}.`,
      hint: 'The installation is incomplete. Install ragstone again, or run `npm run build` in a checkout.',
      cause,
    });
  }
  if (bytes.length !== expected) {
    throw new RagError('MODEL_NOT_FOUND', {
      message: `The built-in embedding model is damaged: ${path} has ${bytes.length} bytes, not ${expected}.`,
      hint: 'Install ragstone again.',
    });
  }
  return bytes;
}
