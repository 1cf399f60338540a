import { expect, test } from 'vitest';
import { readVarints, writeVarints } from '../../../src/store/sqlite/varint.ts';

test('numbers come back as they were written', () => {
  const numbers = [0, 1, 127, 128, 16_383, 16_384, 2 ** 31, 2 ** 32 + 5, 2 ** 53 - 1];
  expect(readVarints(writeVarints(numbers))).toEqual(numbers);
});

test('the highest bits come first, as SQLite has them', () => {
  expect([...writeVarints([300])]).toEqual([0x82, 0x2c]);
});
