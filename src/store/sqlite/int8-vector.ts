import { quantizeInt8 } from '../../platform/wasm/int8-matrix.ts';

/**
 * The stored form of a vector: one signed byte a dimension, the largest component 127. Cosine ignores the scale, so
 * nothing but the rounding is lost (measured: no change in nDCG@10).
 */
export function vectorBytes(vector: Float32Array): Buffer {
  const { values } = quantizeInt8(vector);
  return Buffer.from(values.buffer, values.byteOffset, values.byteLength);
}

/**
 * Cosine of two stored vectors, the same to the last bit as `ResidentVectors` gives: a search must not order its hits by
 * the way in which they were found.
 */
export function int8Cosine(query: Int8Array, row: Int8Array): number {
  let dot = 0;
  for (let i = 0; i < row.length; i++) dot += (query[i] as number) * (row[i] as number);
  return Math.fround(dot * Math.fround(inverseNorm(row))) * inverseNorm(query);
}

/** 0 for a vector without a direction. */
export function inverseNorm(vector: Int8Array): number {
  let sum = 0;
  for (let i = 0; i < vector.length; i++) sum += (vector[i] as number) ** 2;
  return sum > 0 ? 1 / Math.sqrt(sum) : 0;
}

/** Stored bytes as numbers; shares their memory. */
export const int8Of = (bytes: Uint8Array): Int8Array => new Int8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** L2-normalised. */
export function vectorOf(bytes: Uint8Array): Float32Array {
  const values = int8Of(bytes);
  const scale = inverseNorm(values);
  return Float32Array.from(values, (value) => value * scale);
}
