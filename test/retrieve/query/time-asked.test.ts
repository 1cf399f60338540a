import { expect, test } from 'vitest';
import { readTimeAsked } from '../../../src/retrieve/query/time-asked.ts';

const NOW = Date.UTC(2026, 5, 15, 12);
const day = (moment: number): string => new Date(moment).toISOString().slice(0, 10);

test.each([
  ['What was the limit in March 2025?', 'at', '2025-03-01', '2025-04-01'],
  ['What is the limit as of 2026-02-28?', 'at', '2026-02-28', '2026-03-01'],
  ['What does the 2024 leave policy say?', 'at', '2024-01-01', '2025-01-01'],
  ['What was the rule last year?', 'at', '2025-01-01', '2026-01-01'],
  ['What is the latest rule?', 'now', '2026-06-15', '2026-06-15'],
  ['What is the rule?', 'now', '2026-06-15', '2026-06-15'],
  ['What was the previous rule?', 'before', '2026-06-15', '2026-06-15'],
  ['What was the rule before?', 'before', '2026-06-15', '2026-06-15'],
  ['How old is the company?', 'now', '2026-06-15', '2026-06-15'],
])('%s is about %s, %s to %s', async (question, kind, first, after) => {
  const { period, ...asked } = await readTimeAsked(question, NOW);
  expect([asked.kind, day(period.first), day(period.after)]).toEqual([kind, first, after]);
});

test('before a date is the moment before it', async () => {
  const { period } = await readTimeAsked('What was the limit before March 2025?', NOW);
  expect(day(period.first)).toBe('2025-02-28');
});
