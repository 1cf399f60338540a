import { describe, expect, test } from 'vitest';
import { nextRun, nextRuns } from '../../../src/app/jobs/schedule/next-run.ts';
import { runDueSchedules } from '../../../src/app/jobs/schedule/run-due-schedules.ts';
import type { MissedRuns } from '../../../src/store/types.ts';
import { openTemporaryStore } from '../../store/temporary-store.ts';

const at = (iso: string): number => Date.parse(iso);
const runsFrom = async (pattern: string, timezone: string, from: string, count: number) =>
  (await nextRuns({ pattern, timezone }, at(from), count)).map((time) => new Date(time).toISOString());

describe('times in a time zone', () => {
  test('what the clocks leave out in spring runs at the end of the gap, once', async () => {
    // On 29 March 2026 two o'clock is followed by three in Berlin.
    expect(await runsFrom('30 2 * * *', 'Europe/Berlin', '2026-03-28T00:00:00Z', 3)).toEqual([
      '2026-03-28T01:30:00.000Z',
      '2026-03-29T01:00:00.000Z',
      '2026-03-30T00:30:00.000Z',
    ]);
  });

  test('what comes twice in autumn runs the first time only', async () => {
    expect(await runsFrom('30 2 * * *', 'Europe/Berlin', '2026-10-24T12:00:00Z', 2)).toEqual([
      '2026-10-25T00:30:00.000Z',
      '2026-10-26T01:30:00.000Z',
    ]);
  });

  test('the time of day stays the same on either side, where the clocks change by another rule too', async () => {
    expect(await runsFrom('0 9 * * *', 'America/New_York', '2026-03-07T15:00:00Z', 2)).toEqual([
      '2026-03-08T13:00:00.000Z',
      '2026-03-09T13:00:00.000Z',
    ]);
    expect(await runsFrom('0 9 * * *', 'Australia/Lord_Howe', '2026-04-03T23:00:00Z', 2)).toEqual([
      '2026-04-04T22:30:00.000Z',
      '2026-04-05T22:30:00.000Z',
    ]);
  });

  test('an hourly one comes in each hour that passes', async () => {
    const runs = await runsFrom('0 * * * *', 'Europe/Berlin', '2026-03-28T23:30:00Z', 4);
    expect(runs).toEqual([0, 1, 2, 3].map((hour) => `2026-03-29T0${hour}:00:00.000Z`));
  });
});

test('what is no pattern and no zone is refused, with how to write one', async () => {
  for (const pattern of ['', '61 * * * *', '* * *', '* * * * * *', 'x', '0 3 * * 9', `${'1,'.repeat(5000)}1 * * * *`])
    await expect(nextRun({ pattern, timezone: null }, 0)).rejects.toMatchObject({
      code: 'USAGE',
      hint: expect.stringContaining('every night'),
    });
  await expect(nextRun({ pattern: '* * * * *', timezone: 'Mars/Base' }, 0)).rejects.toThrow(
    /"Mars\/Base" is no time zone/,
  );
  expect(await nextRun({ pattern: '0 0 30 2 *', timezone: null }, 0)).toBeNull();
});

describe('runs that nobody was there for', () => {
  const NINE = at('2026-01-05T09:00:00Z');
  const due = async (missed: MissedRuns, now: number, pattern = '0 * * * *') => {
    const { jobs } = openTemporaryStore();
    const job = { kind: 'sync', title: 't', spec: {}, key: 'k' };
    jobs.putSchedule({ name: 's', pattern, timezone: 'UTC', missed, job, nextAt: NINE }, 0);
    const told = await runDueSchedules(jobs, now);
    const again = await runDueSchedules(jobs, now);
    expect(again).toEqual([]);
    const [schedule] = jobs.schedules();
    return {
      runs: told[0]?.runs ?? 0,
      queued: jobs.counts().queued,
      next: new Date(schedule?.nextAt ?? 0).toISOString(),
    };
  };
  const NOON = at('2026-01-05T12:00:30Z');

  test('before its time nothing runs', async () => {
    expect(await due('once', NINE - 1)).toMatchObject({ runs: 0, queued: 0, next: '2026-01-05T09:00:00.000Z' });
  });

  test('once: one stands for all of them', async () => {
    expect(await due('once', NOON)).toEqual({ runs: 1, queued: 1, next: '2026-01-05T13:00:00.000Z' });
  });

  test('all: each is made up for, one after another, up to a hundred', async () => {
    expect(await due('all', NOON)).toEqual({ runs: 4, queued: 4, next: '2026-01-05T13:00:00.000Z' });
    expect(await due('all', NINE + 90 * 86_400_000)).toMatchObject({ runs: 100, queued: 100 });
  });

  test('skip: only what is due now runs', async () => {
    expect(await due('skip', NOON)).toMatchObject({ runs: 1, queued: 1 });
    expect(await due('skip', NOON + 300_000)).toEqual({ runs: 0, queued: 0, next: '2026-01-05T13:00:00.000Z' });
  });

  test('a clock that was put back moves the next time back as well', async () => {
    const back = at('2026-01-01T00:30:00Z');
    expect(await due('once', back)).toEqual({ runs: 0, queued: 0, next: '2026-01-01T01:00:00.000Z' });
  });

  test('a job that still waits is not queued again', async () => {
    const { jobs } = openTemporaryStore();
    const job = { kind: 'sync', title: 't', spec: {}, key: 'k' };
    jobs.putSchedule({ name: 's', pattern: '* * * * *', timezone: 'UTC', missed: 'once', job, nextAt: NINE }, 0);
    for (let minute = 0; minute < 5; minute++) await runDueSchedules(jobs, NINE + minute * 60_000);
    expect(jobs.counts().queued).toBe(1);
  });
});
