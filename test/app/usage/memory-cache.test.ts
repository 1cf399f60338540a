import { expect, test } from 'vitest';
import { createMemoryCache } from '../../../src/app/usage/memory-cache.ts';

test('what was not used for longest goes when the bytes are too many', () => {
  const cache = createMemoryCache(60);
  for (const key of ['a', 'b', 'c']) cache.put(key, '123456789');
  expect(cache.figures()).toEqual({ entries: 3, bytes: 60 });
  cache.get('a');
  cache.put('d', '123456789');
  expect(['a', 'b', 'c', 'd'].map((key) => cache.get(key) !== null)).toEqual([true, false, true, true]);
  cache.put('a', '1');
  expect(cache.figures()).toEqual({ entries: 3, bytes: 44 });
  cache.put('e', 'x'.repeat(100));
  expect(cache.get('e')).toBeNull();
  cache.clear();
  expect(cache.figures()).toEqual({ entries: 0, bytes: 0 });
});
