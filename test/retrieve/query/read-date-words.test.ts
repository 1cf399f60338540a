import { describe, expect, test } from 'vitest';
import { readDateWords } from '../../../src/retrieve/query/read-date-words.ts';

/** A Monday. */
const NOW = Date.parse('2026-06-15T10:00:00Z');

async function read(text: string) {
  const { filter, note } = await readDateWords(text, NOW);
  const day = (moment: string | undefined) => moment?.slice(0, 10) ?? '';
  return filter
    ? { rest: filter.rest, range: `${day(filter.conditions.since)}..${day(filter.conditions.until)}` }
    : { note: note !== null };
}

describe('a date that says when documents were changed filters', () => {
  test.each<[string, string, string]>([
    ['notes from last month', 'notes', '2026-05-01..2026-05-31'],
    ['budget from last month', 'budget', '2026-05-01..2026-05-31'],
    ['budget since March', 'budget', '2026-03-01..'],
    ['budget since last March', 'budget', '2026-03-01..'],
    ['budget since August', 'budget', '2025-08-01..'],
    ['budget from the past two weeks', 'budget', '2026-06-01..2026-06-15'],
    ['budget from yesterday', 'budget', '2026-06-14..2026-06-14'],
    ['budget from last week', 'budget', '2026-06-08..2026-06-14'],
    ['budget since Monday', 'budget', '2026-06-15..'],
    ['reports since 2024', 'reports', '2024-01-01..'],
    ['reports before March 2024 on travel', 'reports on travel', '..2024-02-29'],
    ['budget changed in 2024', 'budget', '2024-01-01..2024-12-31'],
    ['plans updated in Q1 2024', 'plans', '2024-01-01..2024-03-31'],
    ['plans modified on 12 May 2024', 'plans', '2024-05-12..2024-05-12'],
    ['plans modified between', 'plans modified between', ''],
    ['Which notes on travel were changed this year?', 'Which notes on travel ?', '2026-01-01..2026-12-31'],
    ['emails from this quarter about the move', 'emails about the move', '2026-04-01..2026-06-30'],
    ['files changed two weeks ago', 'files', '2026-06-01..2026-06-01'],
    ['notes from January to March 2024', 'notes', '2024-01-01..2024-03-31'],
  ])('%j', async (text, rest, range) => {
    expect(await read(text)).toEqual(range === '' ? { note: false } : { rest, range });
  });
});

describe('any other date is words', () => {
  test.each([
    'Who was president in 2019?',
    'What happened since 2010 in Berlin?',
    'Who has led the firm since March 2019?',
    'reports in 2019',
    'the may fourth movement',
    'What may be changed?',
    'march on Rome',
    'songs from 1999',
    'error 2024 in module',
    'Which directive was created in 1994?',
    'Has the use of therapies changed from 2002 to 2007?',
    'What did Melanie see during her camping trip in July?',
    'What did John explore on a road trip last year?',
    'Can I pay taxes on what I earned last year if I earn more today?',
    'from 3 to 5',
    'a second ago he said',
  ])('%j is not even worth a note', async (text) => expect(await read(text)).toEqual({ note: false }));

  test.each(['What was decided last month?', 'budget last week', 'yesterday standup', 'songs written last month'])(
    '%j gets a note that says how to filter',
    async (text) => {
      const { filter, note } = await readDateWords(text, NOW);
      expect(filter).toBeNull();
      expect(note).toMatch(/since:2026-\d\d-\d\d until:2026-/);
    },
  );

  test('in a text that is no search', async () => {
    expect(await readDateWords('changed in 2024 '.repeat(100), NOW)).toEqual({ filter: null, note: null });
  });
});

test('the last day of a shorter month counts as a month ago', async () => {
  const { filter } = await readDateWords('notes from the past month', Date.parse('2026-03-31T10:00:00Z'));
  expect(filter?.conditions.since).toBe('2026-02-28T00:00:00.000Z');
});
