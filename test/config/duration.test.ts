import { expect, test } from 'vitest';
import { parseDuration } from '../../src/config/duration.ts';

test.each<[string, number | null]>([
  ['500ms', 500],
  ['2s', 2000],
  ['1.5 s', 1500],
  ['0.0001s', 1],
  ['1m', 60_000],
  ['2min', 120_000],
  [' 2S ', 2000],
  ['0ms', 0],
  ['500', null],
  ['-1s', null],
  ['1h', null],
  ['ms', null],
  ['1e3ms', null],
  ['', null],
  [`${'9'.repeat(40)}s`, null],
])('%j is %s ms', (text, expected) => expect(parseDuration(text)).toBe(expected));
