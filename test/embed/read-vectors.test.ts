import { expect, test } from 'vitest';
import { readVectors } from '../../src/embed/read-vectors.ts';

const read = (vectors: unknown, count: number, dimensions = 0) =>
  readVectors({ vectors, count, dimensions, sender: '"a/b" at http://c' });

const base64 = (numbers: readonly number[]) => Buffer.from(Float32Array.from(numbers).buffer).toString('base64');

test.each([[[3, 4]], [[1e-20, 0, 0]], [[-1e6, 1e6, 5, 0.25]], [[0.1]]])(
  '%j has length 1 and its direction, as numbers and as base64',
  (sent) => {
    for (const [vector] of [read([sent], 1), read([base64(sent)], 1)]) {
      expect(Math.hypot(...(vector ?? []))).toBeCloseTo(1, 5);
      sent.forEach((value, i) => {
        expect(vector?.[i]).toBeCloseTo(value / Math.hypot(...sent), 5);
      });
    }
  },
);

test.each<[unknown, number]>([
  [undefined, 0],
  [null, 1],
  [{ length: 1, 0: [1] }, 1],
  [[], 1],
  [[[1, 2]], 2],
  [[[]], 1],
  [[['1', '2']], 1],
  [[[0, 0]], 1],
  [[[1e200, 1e200]], 1],
  [[[1, Number.NaN]], 1],
  [['AAAA'], 1],
  [[''], 1],
  [[base64([0, 0])], 1],
  [[base64([Number.NaN, 1])], 1],
  [[[1, 2], [1]], 2],
])('%j for %i texts is no answer', (vectors, count) => {
  expect(() => read(vectors, count)).toThrowError(
    expect.objectContaining({ code: 'MODEL_FAILED', message: expect.stringContaining('"a/b" at http://c') }),
  );
});

test('another length than is known is another space; one that is asked for cuts longer vectors', () => {
  expect(() => read([[1, 2, 3]], 1, 2)).toThrowError(expect.objectContaining({ code: 'SPACE_MISMATCH' }));
  const [cut] = readVectors({ vectors: [[3, 4, 9]], count: 1, dimensions: 2, mayShorten: true, sender: 's' });
  expect(Array.from(cut ?? [])).toEqual([expect.closeTo(0.6, 5), expect.closeTo(0.8, 5)]);
});

test('more dimensions than the database holds are told before it is asked to hold them', () => {
  const wide = Array<number>(8193).fill(1);
  for (const vector of [wide, base64(wide)]) {
    expect(() => read([vector], 1)).toThrowError(/8193 dimensions are more than the 8192/);
  }
  expect(read([wide.slice(1)], 1)[0]).toHaveLength(8192);
});
