import { expect, test } from 'vitest';
import { createPathKeeper, memberPath } from '../../../src/parse/container/member-path.ts';

test.each([
  ['docs/a.md', 'docs/a.md'],
  ['./docs//a.md', 'docs/a.md'],
  ['../../etc/passwd', 'etc/passwd'],
  ['/abs/a.md', 'abs/a.md'],
  ['C:\\win\\a.md', 'win/a.md'],
  ['a\u0000b\n.md', 'a b .md'],
  ['..', ''],
  ['', ''],
])('%j is %j', (name, path) => {
  expect(memberPath(name)).toBe(path);
});

test('no name leads out, is endless, or has parts that mean a place', () => {
  const parts = ['.', '..', '/', '\\', 'C:', '\u0000', 'ä', 'long'.repeat(80), ' ', '\u2028', '.md', '…'];
  let state = 7;
  const next = (below: number): number => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return Math.floor((state / 2 ** 31) * below);
  };
  for (let round = 0; round < 3_000; round++) {
    const name = Array.from({ length: next(24) }, () => parts[next(parts.length)]).join('');
    const path = memberPath(name);
    expect(path.length).toBeLessThanOrEqual(1_000);
    expect(path.startsWith('/'), path).toBe(false);
    expect(
      [...path].some((letter) => letter < ' ' || letter === '\\'),
      path,
    ).toBe(false);
    expect(
      path.split('/').some((part) => part === '.' || part === '..'),
      path,
    ).toBe(false);
  }
});

test('names that come twice are told apart, whatever comes between', () => {
  const unique = createPathKeeper();
  expect(['a/x.md', 'a/x.md', 'a/x (2).md', 'a/x.md', 'x', 'x'].map(unique)).toEqual([
    'a/x.md',
    'a/x (2).md',
    'a/x (2) (2).md',
    'a/x (3).md',
    'x',
    'x (2)',
  ]);
});
