/**
 * One signed byte a dimension, scaled so that the largest component is 127. Cosine ignores the scale, so nothing but
 * the rounding is lost (measured: no change in nDCG@10).
 */
export function quantizeInt8(vector: Float32Array): Int8Array {
  let largest = 0;
  for (const value of vector) largest = Math.max(largest, Math.abs(value));
  const scale = largest > 0 ? 127 / largest : 0;
  return Int8Array.from(vector, (value) => Math.round(value * scale));
}

/** L2-normalised. */
export function dequantizeInt8(bytes: Int8Array): Float32Array {
  let sum = 0;
  for (const value of bytes) sum += value * value;
  const scale = sum > 0 ? 1 / Math.sqrt(sum) : 0;
  return Float32Array.from(bytes, (value) => value * scale);
}

export const bytesOf = (vector: Int8Array): Buffer => Buffer.from(vector.buffer, vector.byteOffset, vector.byteLength);

export const int8Of = (bytes: Uint8Array): Int8Array => new Int8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
