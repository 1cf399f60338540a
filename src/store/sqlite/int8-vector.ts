import { quantizeInt8 } from '../../platform/wasm/int8-matrix.ts';

/**
 * The stored form of a vector: one signed byte a dimension, the largest component 127. Cosine ignores the scale, so
 * nothing but the rounding is lost (measured: no change in nDCG@10).
 */
export function vectorBytes(vector: Float32Array): Buffer {
  const { values } = quantizeInt8(vector);
  return Buffer.from(values.buffer, values.byteOffset, values.byteLength);
}

/** Stored bytes as numbers; shares their memory. */
export const int8Of = (bytes: Uint8Array): Int8Array => new Int8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** L2-normalised. */
export function vectorOf(bytes: Uint8Array): Float32Array {
  const values = int8Of(bytes);
  let sum = 0;
  for (const value of values) sum += value * value;
  const scale = sum > 0 ? 1 / Math.sqrt(sum) : 0;
  return Float32Array.from(values, (value) => value * scale);
}
