/** A stretch of time in UTC: from `first` up to, not including, `after`; milliseconds since 1970. */
export type Period = { readonly first: number; readonly after: number };

const DAY_MS = 86_400_000;

const isoDate = /^(\d{4})(?:-(\d{1,2})(?:-(\d{1,2}))?)?$/;

/** `2024`, `2024-03`, `2024-03-31`; null for anything else, a thirteenth month too. */
export function periodOfIsoDate(text: string): Period | null {
  const parts = isoDate.exec(text);
  if (!parts) return null;
  const [year, month, day] = parts.slice(1).map((part) => (part === undefined ? undefined : Number(part)));
  if (year === undefined || year < 1000) return null;
  if (month !== undefined && (month < 1 || month > 12)) return null;
  if (month === undefined) return years(year, 1);
  if (day === undefined) return months(year, month - 1, 1);
  const first = Date.UTC(year, month - 1, day);
  return new Date(first).getUTCMonth() === month - 1 && day > 0 ? { first, after: first + DAY_MS } : null;
}

export const years = (year: number, count: number): Period => ({
  first: Date.UTC(year, 0),
  after: Date.UTC(year + count, 0),
});

/** `month` from 0; may lie outside of the year. */
export const months = (year: number, month: number, count: number): Period => ({
  first: Date.UTC(year, month),
  after: Date.UTC(year, month + count),
});

export const days = (first: number, count: number): Period => {
  const start = startOfDay(first);
  return { first: start, after: start + count * DAY_MS };
};

export const startOfDay = (time: number): number => Math.floor(time / DAY_MS) * DAY_MS;

export type Unit = 'day' | 'week' | 'month' | 'quarter' | 'year';

/** The calendar unit that holds the time, moved by whole units: -1 is the one before. Weeks begin on Monday. */
export function calendarUnit(time: number, unit: Unit, offset: number): Period {
  const date = new Date(time);
  const year = date.getUTCFullYear();
  const month = date.getUTCMonth();
  if (unit === 'year') return years(year + offset, 1);
  if (unit === 'quarter') return months(year, Math.floor(month / 3) * 3 + offset * 3, 3);
  if (unit === 'month') return months(year, month + offset, 1);
  const today = startOfDay(time);
  if (unit === 'day') return days(today + offset * DAY_MS, 1);
  const monday = today - ((date.getUTCDay() + 6) % 7) * DAY_MS;
  return days(monday + offset * 7 * DAY_MS, 7);
}

/** From the day that lies so many units back to the end of today. */
export function rollingUnits(time: number, unit: Unit, count: number): Period {
  const after = startOfDay(time) + DAY_MS;
  const date = new Date(time);
  const monthsOf = { day: 0, week: 0, month: 1, quarter: 3, year: 12 }[unit];
  if (monthsOf === 0) return { first: startOfDay(time) - count * (unit === 'week' ? 7 : 1) * DAY_MS, after };
  const month = date.getUTCMonth() - monthsOf * count;
  const lastDay = new Date(Date.UTC(date.getUTCFullYear(), month + 1, 0)).getUTCDate();
  return { first: Date.UTC(date.getUTCFullYear(), month, Math.min(date.getUTCDate(), lastDay)), after };
}

/** The moment as a bound of a filter. */
export const isoMoment = (time: number): string => new Date(time).toISOString();

/** The last moment that is not yet `after`. */
export const lastMomentBefore = (after: number): string => isoMoment(after - 1);
