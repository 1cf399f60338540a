import { expect, test } from 'vitest';
import {
  blocksToLeaveOut,
  contentKey,
  leftOutKey,
  recurringBlocks,
} from '../../../src/source/site/recurring-blocks.ts';
import { rememberedPage } from './remembered-page.ts';

const NONE: ReadonlySet<string> = new Set();
const site = (count: number, blocksOf: (i: number) => string[]) =>
  Array.from({ length: count }, (_, i) => rememberedPage(`/p${i}`, { blocks: [`own ${i}`, ...blocksOf(i)] }));

test('a block of at least half of the pages recurs, one of fewer does not', () => {
  const pages = site(10, (i) => [...(i < 5 ? ['half'] : []), ...(i < 4 ? ['less'] : [])]);
  expect([...recurringBlocks(pages, NONE)]).toEqual(['half']);
});

test('three pages are too few to tell', () => {
  expect(
    recurringBlocks(
      site(3, () => ['menu']),
      NONE,
    ).size,
  ).toBe(0);
  expect(
    recurringBlocks(
      site(4, () => ['menu']),
      NONE,
    ).size,
  ).toBe(1);
});

test('what recurred goes on to do so while a quarter of the pages have it', () => {
  const pages = site(20, (i) => (i < 5 ? ['menu'] : []));
  expect(recurringBlocks(pages, NONE).size).toBe(0);
  expect(recurringBlocks(pages, new Set(['menu'])).size).toBe(1);
});

test('the orders of one list count once, and copies not at all: their text is no boilerplate', () => {
  const orders = Array.from({ length: 30 }, (_, i) => rememberedPage(`/list?sort=${i}`, { blocks: ['the list'] }));
  const copies = Array.from({ length: 30 }, (_, i) =>
    rememberedPage(`/print/${i}`, { blocks: ['an article'], canonical: 'http://site.example/p0' }),
  );
  expect(recurringBlocks([...site(6, () => []), ...orders, ...copies], NONE).size).toBe(0);
});

test('the start page keeps what recurs', () => {
  const recurring = new Set(['menu', 'end']);
  const blocks = ['menu', 'own', 'end', 'menu'];
  expect(blocksToLeaveOut({ blocks, depth: 1 }, recurring)).toEqual(['end', 'menu']);
  expect(blocksToLeaveOut({ blocks, depth: 0 }, recurring)).toEqual([]);
  expect(leftOutKey([])).toBe('');
  expect(leftOutKey(['a'])).not.toBe(leftOutKey(['b']));
});

test('pages are the same by their own blocks; pages without any by all of them; what is no HTML by its bytes', () => {
  const recurring = new Set(['menu']);
  const key = (blocks: string[], contentHash = 'x') =>
    contentKey(rememberedPage('/', { blocks, contentHash }), recurring);
  expect(key(['menu', 'a'])).toBe(key(['a']));
  expect(key(['a'])).not.toBe(key(['b']));
  expect(key(['menu'])).not.toBe(key([]));
  expect(key([], 'x')).not.toBe(key([], 'y'));
});
