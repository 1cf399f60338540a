import { expect, test } from 'vitest';
import { createKeyIndex } from '../../src/graph/key-index.ts';
import { keyOfNormalized } from '../../src/graph/normalize-name.ts';

test('keys have the numbers in which they came, however often the table grew', () => {
  const index = createKeyIndex(16);
  const keys = Array.from({ length: 500 }, (_, n) => keyOfNormalized(`name ${n}`));
  for (const key of [...keys, ...keys.slice(0, 50)]) index.intern(key);
  expect(index.size()).toBe(500);
  expect([...index.inOrder()]).toEqual(keys);
  expect(keys.map(index.find)).toEqual(keys.map((_, n) => n));
  expect(index.find(keyOfNormalized('another'))).toBe(-1);
});
