import { expect, test } from 'vitest';
import { readValidity, saysNothing } from '../../../src/app/validity/read-validity.ts';

const iso = (moment: number | null): string | null =>
  moment === null ? null : new Date(moment).toISOString().slice(0, 10);

test.each([
  [{ valid_from: '2024-01-01', 'Valid-Until': '2025-12-31' }, '', '2024-01-01', '2026-01-01'],
  [{ effective: '1 March 2026' }, '', '2026-03-01', null],
  [{}, 'Effective date: March 1st, 2026\n', '2026-03-01', null],
  [{}, '> This version applied from 1 January 2024 to 31 December 2025.', '2024-01-01', '2026-01-01'],
  [{}, '**Expires:** 2026-06-30', null, '2026-07-01'],
  [{ expires: 'soon', valid_from: 12 }, 'valid until further notice', null, null],
])('%j with %j applies from %s to before %s', (metadata, head, from, after) => {
  const stated = readValidity(metadata, head);
  expect([iso(stated.from), iso(stated.after)]).toEqual([from, after]);
});

test('names of other versions are of fields, links, files and quoted titles', () => {
  const head =
    'This policy replaces travel-2024.md. It supersedes [the old one](old%20rules.md#top) and replaces "Travel 2020".';
  expect(readValidity({ supersedes: ['x.md'] }, head).supersedes).toEqual([
    'x.md',
    'travel-2024.md',
    'old rules.md',
    'Travel 2020',
  ]);
  expect(readValidity({}, 'It has been replaced by [the new](new.md).').supersededBy).toEqual(['new.md']);
});

test.each([
  ['superseded', 'superseded'],
  ['Draft 3', 'draft'],
  ['archived', 'archived'],
  ['in force', null],
])('the status %s is %s', (status, expected) => {
  expect(readValidity({ status }, '').status).toBe(expected);
});

test('a text of other things says nothing, whatever its length', () => {
  expect(saysNothing(readValidity({ title: 'x' }, 'The Heron 3 replaces the Heron 2 in 2024. '.repeat(5000)))).toBe(
    true,
  );
  expect(saysNothing(readValidity({}, 'valid from '.repeat(50_000)))).toBe(true);
});
