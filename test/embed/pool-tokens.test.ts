import { expect, test } from 'vitest';
import { poolTokens } from '../../src/embed/transformers/pool-tokens.ts';

/** Two texts of up to three tokens of two dimensions; the first is padded at its end, the second at its start. */
const STATES = { dims: [2, 3, 2], data: [1, 0, 3, 2, 9, 9, 9, 9, 4, 4, 8, 0] };
const MASK = [1, 1, 0, 0, 1, 1].map(BigInt);

test.each([
  [
    'mean',
    [
      [2, 1],
      [6, 2],
    ],
  ],
  [
    'cls',
    [
      [1, 0],
      [4, 4],
    ],
  ],
  [
    'last',
    [
      [3, 2],
      [8, 0],
    ],
  ],
] as const)('%s pooling leaves padding out, at either side', (pooling, expected) => {
  expect(poolTokens(STATES, MASK, pooling).map((vector) => [...vector])).toEqual(expected);
});

test('other shapes are no vectors of tokens', () => {
  expect(() => poolTokens({ dims: [2, 6], data: [] }, MASK, 'mean')).toThrow('[2, 6]');
  expect(() => poolTokens(STATES, [1, 1], 'mean')).toThrow('not a vector for each');
});
