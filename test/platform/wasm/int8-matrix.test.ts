import { describe, expect, test } from 'vitest';
import { createInt8Matrix, quantizeInt8 } from '../../../src/platform/wasm/int8-matrix.ts';
import { createRandom } from '../../chunk/markdown-like.ts';

const random = createRandom(11);
const randomVector = (dimensions: number): Float32Array => {
  const vector = Float32Array.from({ length: dimensions }, () => random(20001) / 10000 - 1);
  const length = Math.hypot(...vector);
  return vector.map((value) => value / length);
};
const dot = (left: Float32Array, right: Float32Array): number =>
  left.reduce((sum, value, index) => sum + value * right[index]!, 0);

test('quantised values are off by at most half a step', () => {
  const vector = randomVector(256);
  const { values, scale } = quantizeInt8(vector);
  for (const [index, value] of vector.entries())
    expect(Math.abs(values[index]! * scale - value)).toBeLessThan(scale * 0.501);
});

test('a vector of zeros stays one', () => {
  expect(quantizeInt8(new Float32Array(8))).toEqual({ values: new Int8Array(8), scale: 0 });
});

describe.each([1, 31, 64, 100, 256, 1024])('a matrix of %i dimensions', (dimensions) => {
  test('scans to the dot products of its vectors, while it grows', () => {
    const vectors = Array.from({ length: 2100 }, () => randomVector(dimensions));
    const matrix = createInt8Matrix(dimensions, 16);
    for (const vector of vectors) {
      const { values, scale } = quantizeInt8(vector);
      matrix.push(values, scale);
    }
    const query = randomVector(dimensions);
    const scores = new Float32Array(matrix.count);
    matrix.scan(query, scores);
    expect(matrix.count).toBe(vectors.length);
    const worst = Math.max(...vectors.map((vector, index) => Math.abs(dot(vector, query) - scores[index]!)));
    expect(worst).toBeLessThan(0.008);
  });
});

test('the extremes of a byte do not overflow', () => {
  const matrix = createInt8Matrix(4096);
  matrix.push(new Int8Array(4096).fill(-128), 1);
  const scores = new Float32Array(1);
  matrix.scan(new Float32Array(4096).fill(-1), scores);
  expect(scores[0]).toBeCloseTo(4096 * 128, -1);
});

test('a row can be overwritten; one out of range or of another length is refused', () => {
  const matrix = createInt8Matrix(2);
  matrix.push(Int8Array.of(1, 0), 1);
  matrix.set(0, Int8Array.of(0, 2), 0.5);
  const scores = new Float32Array(1);
  matrix.scan(Float32Array.of(0, 1), scores);
  expect(scores[0]).toBeCloseTo(1, 5);
  expect(() => matrix.set(1, Int8Array.of(0, 0), 1)).toThrow(RangeError);
  expect(() => matrix.set(0, Int8Array.of(0), 1)).toThrow(RangeError);
});

test('an empty matrix leaves the scores alone', () => {
  const scores = Float32Array.of(7);
  createInt8Matrix(16).scan(new Float32Array(16), scores);
  expect(scores[0]).toBe(7);
});
