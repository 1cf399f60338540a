import { expect, test } from 'vitest';
import { createGroups } from '../../src/graph/entity-groups.ts';

test('what is joined has one root, and what is not keeps its own', () => {
  const groups = createGroups(5, []);
  expect(groups.join(0, 1)).toBe(true);
  expect(groups.join(2, 0)).toBe(true);
  expect(groups.join(1, 2)).toBe(false);
  expect([...groups.roots()]).toEqual([1, 1, 1, 3, 4]);
});

test('separated names never end in one group, whatever is joined in whatever order', () => {
  let state = 7;
  const random = (below: number): number => {
    state = (state * 48271) % 2147483647;
    return state % below;
  };
  for (let round = 0; round < 300; round++) {
    const size = 2 + random(12);
    const pair = () => ({ from: random(size), to: random(size) });
    const separated = Array.from({ length: random(6) }, pair).filter(({ from, to }) => from !== to);
    const groups = createGroups(size, separated);
    const joined: { from: number; to: number }[] = [];
    for (let i = 0; i < 30; i++) {
      const next = pair();
      if (groups.join(next.from, next.to)) joined.push(next);
    }
    const roots = groups.roots();
    for (const { from, to } of joined) expect(roots[from]).toBe(roots[to]);
    for (const { from, to } of separated) expect(roots[from]).not.toBe(roots[to]);
  }
});
