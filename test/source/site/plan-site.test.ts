import { expect, test } from 'vitest';
import { planSite } from '../../../src/source/site/plan-site.ts';
import type { RememberedPage } from '../../../src/source/types.ts';
import { byUri, rememberedPage } from './remembered-page.ts';

/** `/a: store`, `/b: same-text as /a` ... in order. */
const plan = (...pages: RememberedPage[]): string[] =>
  [...planSite(byUri(pages), new Set(['menu']))].map(([uri, planned]) => {
    const path = new URL(uri).pathname;
    return planned.kind === 'duplicate'
      ? `${path}: ${planned.why} as ${new URL(planned.of).pathname}`
      : `${path}: ${planned.kind}`;
  });
const copyOf = (path: string, canonical: string, given: Partial<RememberedPage> = {}) =>
  rememberedPage(path, { canonical: `http://site.example${canonical}`, ...given });

test('a page goes under the address that it names, if that was read', () => {
  expect(plan(copyOf('/print', '/a'), rememberedPage('/a'))).toEqual(['/print: canonical as /a', '/a: store']);
  expect(plan(copyOf('/print', '/never'))).toEqual(['/print: store']);
  expect(plan(copyOf('/print', '/hidden'), rememberedPage('/hidden', { use: 'links' }))).toEqual([
    '/print: store',
    '/hidden: links-only',
  ]);
});

test('of a circle of names one page is stored, and chains lead to their end', () => {
  expect(plan(copyOf('/a', '/b'), copyOf('/b', '/a'))).toEqual(['/a: store', '/b: canonical as /a']);
  expect(plan(copyOf('/a', '/b'), copyOf('/b', '/c'), rememberedPage('/c'))).toEqual([
    '/a: canonical as /c',
    '/b: canonical as /c',
    '/c: store',
  ]);
});

test('of pages with the same text the first is stored, or the one that is stored already, or that others name', () => {
  const same = (path: string, given: Partial<RememberedPage> = {}) =>
    rememberedPage(path, { blocks: ['one'], ...given });
  expect(plan(same('/a'), same('/b', { blocks: ['menu', 'one'] }))).toEqual(['/a: store', '/b: same-text as /a']);
  expect(plan(same('/a'), same('/b', { leftOut: '' }))).toEqual(['/a: same-text as /b', '/b: store']);
  expect(plan(same('/mirror', { leftOut: '' }), same('/b'), copyOf('/print', '/b'))).toEqual([
    '/mirror: same-text as /b',
    '/b: store',
    '/print: canonical as /b',
  ]);
});

test('a copy of a copy is told to be one of what is stored', () => {
  const pages = [rememberedPage('/a', { blocks: ['one'] }), rememberedPage('/b', { blocks: ['one'] })];
  const found = plan(...pages, copyOf('/c', '/b'));
  expect(found.filter((line) => line.endsWith(': store'))).toHaveLength(1);
  const stored = found.find((line) => line.endsWith(': store'))!.split(':')[0];
  for (const line of found) if (!line.endsWith(': store')) expect(line).toMatch(new RegExp(`as ${stored}$`));
});
