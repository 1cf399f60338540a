import { expect, test } from 'vitest';
import { createTrapGuard } from '../../../src/source/site/trap-guard.ts';

const NOW = Date.UTC(2026, 2, 1);
const judge = (...paths: string[]) => {
  const guard = createTrapGuard(NOW);
  return paths.map((path) => guard(new URL(path, 'http://site.example')));
};
const numbers = (count: number) => Array.from({ length: count }, (_, i) => i);

test('pages of an ordinary site are no traps', () => {
  const paths = [
    '/',
    '/docs/api/v2/users/',
    '/2026/02/a-post',
    '/2026/02/',
    '/events/2025-11-03',
    '/x?a=1&b=2',
    '/a/b/a',
  ];
  expect(judge(...paths)).toEqual(paths.map(() => null));
});

test('a path that repeats its parts is a trap', () => {
  expect(judge('/a/a/a', '/a/b/a/b/a/b', '/x/1/2/3/1/2/3/1/2/3', '/a/b/a/c/a/d/a/e')).toEqual([
    'its path repeats "a"',
    'its path repeats "a/b"',
    'its path repeats "1/2/3"',
    'its path repeats "a"',
  ]);
});

test('a path without end is a trap', () => {
  expect(judge(`/${numbers(17).join('/')}`)).toEqual(['its path has 17 parts']);
});

test('a calendar is a trap far ahead, and when it has more days than an archive', () => {
  expect(judge('/calendar/2031/05/', '/events?month=1901-01')).toEqual([
    'it is a page of the year 2031',
    'it is a page of the year 1901',
  ]);
  const days = numbers(140).map((i) => `/log/20${10 + Math.floor(i / 12)}/${(i % 12) + 1}/`);
  expect(judge(...days).filter(Boolean)).toHaveLength(20);
});

test('one path with too many queries is a trap, from the fifty-first on', () => {
  const found = judge(...numbers(60).map((i) => `/list?page=${i}`));
  expect(found.findIndex(Boolean)).toBe(50);
  expect(judge('/list?a&b&c&d&e&f&g&h&i')[0]).toMatch(/9 parts/);
});
