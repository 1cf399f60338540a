import { expect, test } from 'vitest';
import { nearestName } from '../../src/platform/nearest-name.ts';

const names = ['--collection', '--limit', '--mode', '--json', 'search', 'status', 'sync'];

test.each([
  ['--colection', '--collection'],
  ['--lmiit', '--limit'],
  ['--coll', '--collection'],
  ['serach', 'search'],
  ['STATUS', 'status'],
  ['snyc', 'sync'],
  ['frobnicate', null],
  ['x'.repeat(100), null],
])('%s most likely means %s', (word, expected) => expect(nearestName(word, names)).toBe(expected));
