import type { JobStore, StoredSchedule } from '../../../store/types.ts';
import { nextRun } from './next-run.ts';

/** A run that is begun so late was missed: the worker looks every second or so. */
const ON_TIME_MS = 60_000;
/** Runs of one schedule that are made up for at most. */
const MAX_RUNS = 100;
/** Of a pattern that never comes again. */
const NEVER = Number.MAX_SAFE_INTEGER;

/**
 * Queues what fell due since the last look. Of runs that were missed while no worker lived, one is made up for, or none, or
 * each, as the schedule says. Each time is queued by one worker only. A schedule that stands too far in the future, as the
 * clock was put back, is moved to where it belongs.
 */
export async function runDueSchedules(
  jobs: Pick<JobStore, 'schedules' | 'advanceSchedule'>,
  now: number,
): Promise<{ readonly schedule: StoredSchedule; readonly runs: number }[]> {
  const due: { schedule: StoredSchedule; runs: number }[] = [];
  for (const schedule of jobs.schedules()) {
    if (schedule.isPaused) continue;
    const to = (await nextRun(schedule, now)) ?? NEVER;
    if (schedule.nextAt > now && schedule.nextAt <= to) continue;
    const runs = schedule.nextAt <= now ? await runsOf(schedule, now) : 0;
    if (jobs.advanceSchedule(schedule.id, { from: schedule.nextAt, to, runs, now }) && runs > 0)
      due.push({ schedule, runs });
  }
  return due;
}

async function runsOf(schedule: StoredSchedule, now: number): Promise<number> {
  const { missed, nextAt } = schedule;
  if (missed === 'once') return 1;
  if (missed === 'skip') {
    const newest = await nextRun(schedule, now - ON_TIME_MS);
    return newest !== null && newest <= now ? 1 : 0;
  }
  let count = 0;
  for (let at: number | null = nextAt; at !== null && at <= now && count < MAX_RUNS; count++) {
    at = await nextRun(schedule, at);
  }
  return count;
}
