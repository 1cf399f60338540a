import type { StoredSchedule } from '../../app/jobs/types.ts';
import { renderColumns } from './columns.ts';
import { escapeLine } from './escape-terminal.ts';
import type { Page } from './style.ts';

/** The year 9999 and later: a pattern that never comes again. */
const NEVER = 8.64e15;

/** `2026-03-29 03:00 Europe/Berlin`: in the time zone of the schedule, or of the machine. */
export function renderRunTime(at: number, timezone: string | null): string {
  if (at > NEVER) return 'never';
  const parts = new Intl.DateTimeFormat('sv-SE', {
    dateStyle: 'short',
    timeStyle: 'short',
    ...(timezone !== null && { timeZone: timezone }),
  });
  return `${parts.format(new Date(at))}${timezone === null ? '' : ` ${timezone}`}`;
}

export function renderSchedules(schedules: readonly StoredSchedule[], page: Page): string {
  const columns = [
    { title: 'name' },
    { title: 'when' },
    { title: 'what', shrinks: true },
    { title: 'next' },
    { title: 'last job', align: 'right' },
  ] as const;
  const rows = schedules.map(({ name, pattern, timezone, job, nextAt, isPaused, lastJob }) => [
    escapeLine(name),
    pattern,
    escapeLine(`${job.kind} ${job.title}`),
    isPaused ? 'paused' : renderRunTime(nextAt, timezone),
    lastJob === null ? '-' : String(lastJob),
  ]);
  return renderColumns(columns, rows, { width: page.width, paintTitle: page.style.dim });
}
