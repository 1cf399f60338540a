/** A date of a calendar, with its time of day where it has one. */
export type CalendarDate = {
  readonly year: number;
  readonly month: number;
  readonly day: number;
  /** "10:00"; null for a whole day. */
  readonly time: string | null;
  readonly zone: string | null;
};

const MONTHS = 'January February March April May June July August September October November December'.split(' ');
const DAYS = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ');

/** `20260304`, `20260304T100000` or `20260304T090000Z`; null for anything else. */
export function calendarDate(value: string, zone: string | undefined): CalendarDate | null {
  const match = /^\s*(\d{4})-?(\d{2})-?(\d{2})(?:T(\d{2}):?(\d{2})(?::?\d{2}(?:\.\d+)?)?(Z)?)?/.exec(
    value.slice(0, 40),
  );
  if (!match) return null;
  const [year, month, day] = [match[1], match[2], match[3]].map(Number) as [number, number, number];
  const date = new Date(Date.UTC(year, month - 1, day));
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) return null;
  const time = match[4] !== undefined ? `${match[4]}:${match[5]}` : null;
  return { year, month, day, time, zone: time === null ? null : match[6] ? 'UTC' : zone?.trim().slice(0, 60) || null };
}

/** "Wednesday, 4 March 2026" */
const dayWords = ({ year, month, day }: Pick<CalendarDate, 'year' | 'month' | 'day'>): string =>
  `${DAYS[new Date(Date.UTC(year, month - 1, day)).getUTCDay()]}, ${day} ${MONTHS[month - 1]} ${year}`;

export const monthName = (month: number): string => MONTHS[month - 1] ?? String(month);

const zoneWords = ({ zone }: CalendarDate): string => (zone ? ` (${zone})` : '');

/** "Wednesday, 4 March 2026, 10:00 (Europe/Berlin)" */
export const dateWords = (date: CalendarDate): string =>
  `${dayWords(date)}${date.time ? `, ${date.time}${zoneWords(date)}` : ''}`;

/** From the start to the end; whole days end before the day that is written (RFC 5545, 3.6.1). */
export function spanWords(start: CalendarDate, end: CalendarDate | null): string {
  if (!end) return dateWords(start) + (start.time ? '' : ', all day');
  if (start.time === null || end.time === null) {
    const last = new Date(Date.UTC(end.year, end.month - 1, end.day) - 86_400_000);
    const lastDay = { year: last.getUTCFullYear(), month: last.getUTCMonth() + 1, day: last.getUTCDate() };
    const sameDay =
      dayWords(lastDay) === dayWords(start) || last.getTime() < Date.UTC(start.year, start.month - 1, start.day);
    return sameDay ? `${dayWords(start)}, all day` : `${dayWords(start)} to ${dayWords(lastDay)}`;
  }
  if (dayWords(start) === dayWords(end) && start.zone === end.zone)
    return `${dayWords(start)}, ${start.time} to ${end.time}${zoneWords(start)}`;
  return `${dateWords(start)} to ${dateWords(end)}`;
}
