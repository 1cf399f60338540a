import ICAL from 'ical.js';
import { calendarDate, dateWords, monthName } from './date-words.ts';

const UNITS: Readonly<Record<string, string>> = {
  SECONDLY: 'second',
  MINUTELY: 'minute',
  HOURLY: 'hour',
  DAILY: 'day',
  WEEKLY: 'week',
  MONTHLY: 'month',
  YEARLY: 'year',
};
const WEEKDAYS: Readonly<Record<string, string>> = {
  MO: 'Monday',
  TU: 'Tuesday',
  WE: 'Wednesday',
  TH: 'Thursday',
  FR: 'Friday',
  SA: 'Saturday',
  SU: 'Sunday',
};
const MAX_RULE_LENGTH = 2_000;
const MOST_LISTED = 40;

/** A rule of repetition in words: "every 2 weeks on Tuesday until Wednesday, 1 July 2026"; the rule itself where it says more. */
export function recurrenceWords(rule: string): string {
  const source = rule.trim().slice(0, MAX_RULE_LENGTH);
  try {
    const recur = ICAL.Recur.fromString(source);
    const unit = UNITS[recur.freq];
    if (!unit) return source;
    const parts = recur.parts as Readonly<Record<string, readonly (string | number)[] | undefined>>;
    const words = [recur.interval > 1 ? `every ${recur.interval} ${unit}s` : `every ${unit}`];
    const days = parts.BYDAY?.slice(0, MOST_LISTED).map((day) => weekday(String(day)));
    const position = parts.BYSETPOS?.slice(0, 5).map((each) => ordinal(Number(each)));
    if (days) words.push(`on ${position ? `the ${list(position)} of ` : ''}${list(days)}`);
    if (parts.BYMONTHDAY) words.push(`on ${list(parts.BYMONTHDAY.slice(0, MOST_LISTED).map(monthDay))}`);
    if (parts.BYMONTH) words.push(`in ${list(parts.BYMONTH.slice(0, 12).map((month) => monthName(Number(month))))}`);
    if (parts.BYWEEKNO) words.push(`in week ${list(parts.BYWEEKNO.slice(0, MOST_LISTED).map(String))}`);
    if (parts.BYHOUR) words.push(`at ${list(parts.BYHOUR.slice(0, 24).map((hour) => `${hour}:00`))}`);
    const until = /(?:^|;)UNTIL=([^;]+)/i.exec(source)?.[1];
    const last = until ? calendarDate(until, undefined) : null;
    if (last) words.push(`until ${dateWords({ ...last, time: null, zone: null })}`);
    if (recur.count) words.push(`${recur.count} times`);
    return words.join(' ');
  } catch {
    // A rule that the library cannot read is shown as it stands.
    return source;
  }
}

/** `2TU` is the second Tuesday, `-1FR` the last Friday. */
function weekday(day: string): string {
  const [, position, name] = /^([-+]?\d{1,2})?([A-Z]{2})$/i.exec(day) ?? [];
  const full = WEEKDAYS[(name ?? '').toUpperCase()] ?? day;
  return position ? `the ${ordinal(Number(position))} ${full}` : full;
}

const monthDay = (day: string | number): string =>
  Number(day) < 0 ? `the ${ordinal(Number(day))} day of the month` : `day ${day}`;

function ordinal(position: number): string {
  if (position === -1) return 'last';
  if (position < 0) return `${ordinal(-position)} to last`;
  return ['first', 'second', 'third', 'fourth', 'fifth'][position - 1] ?? `${position}th`;
}

const list = (words: readonly string[]): string =>
  words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;

/** A duration such as `PT1H30M` in words; null for what is none. */
export function durationWords(value: string): string | null {
  if (!/^[-+]?P[\dTWDHMS]{2,30}$/i.test(value.trim())) return null;
  try {
    const { weeks, days, hours, minutes, seconds } = ICAL.Duration.fromString(value.trim().toUpperCase());
    const units: readonly (readonly [number, string])[] = [
      [weeks, 'week'],
      [days, 'day'],
      [hours, 'hour'],
      [minutes, 'minute'],
      [seconds, 'second'],
    ];
    return (
      list(units.filter(([count]) => count > 0).map(([count, unit]) => `${count} ${unit}${count > 1 ? 's' : ''}`)) ||
      null
    );
  } catch {
    // No duration, so nothing to say.
    return null;
  }
}
