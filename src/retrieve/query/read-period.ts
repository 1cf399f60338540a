import {
  calendarUnit,
  days,
  months,
  type Period,
  periodOfIsoDate,
  rollingUnits,
  startOfDay,
  type Unit,
  years,
} from './period.ts';

/** A date in words at the start of a text. */
export type WrittenPeriod = {
  readonly length: number;
  readonly period: Period;
  /** Which one it is depends on today: "last month", "March", but not "March 2024". */
  readonly isRelative: boolean;
  /** Counted from today in so many words: "last month", "two weeks ago". */
  readonly isCounted: boolean;
};

const NUMBERS: Readonly<Record<string, number>> = Object.fromEntries(
  'one two three four five six seven eight nine ten eleven twelve'.split(' ').map((word, i) => [word, i + 1]),
);

const number = `\\d{1,3}|${Object.keys(NUMBERS).join('|')}|few|couple of`;
const unit = 'day|week|month|quarter|year';
const named = /^(today|yesterday)\b/i;
const calendar = new RegExp(`^(this|current|last|previous) (${unit})\\b`, 'i');
const rolling = new RegExp(`^(?:last|past|previous) (?:(${number}) (${unit})s?|(${unit}))\\b`, 'i');
const ago = new RegExp(`^(?:a|an|(${number})) (${unit})s? ago\\b`, 'i');
const quarter = /^q([1-4])(?: |[/-])?((?:19|20)\d\d)\b/i;
const iso = /^(?:19|20)\d\d(?:-\d{1,2}){0,2}(?![\d\p{L}-])/iu;

const MONTH_NAMES = 'january|february|march|april|may|june|july|august|september|october|november|december';
const DAY_NAMES = 'monday|tuesday|wednesday|thursday|friday|saturday|sunday';
/** What chrono can make a day or a month of, at the start; it is loaded for nothing else. */
const nameOrDay = new RegExp(
  `^(?:(?:last|this|past|early|late|mid) )?(?:the )?(?:\\d{1,2}(?:st|nd|rd|th)?(?: of)? |\\d{1,2}[./]\\d{1,2}[./])?(?:${MONTH_NAMES}|${DAY_NAMES}|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\\b|(?<=[./])(?:19|20)?\\d\\d\\b)`,
  'i',
);

/** "A few" in figures; nobody counts on it. */
const FEW = 3;

const countOf = (text: string | undefined): number => {
  const lower = text?.toLowerCase() ?? '1';
  if (lower === 'few') return FEW;
  return lower === 'couple of' ? 2 : (NUMBERS[lower] ?? Number(lower));
};

/** The period that the text begins with, in UTC, as seen at `now`; null when it begins with no date. */
export async function readPeriod(text: string, now: number): Promise<WrittenPeriod | null> {
  return readRelative(text, now) ?? readDigits(text) ?? (nameOrDay.test(text) ? await readNames(text, now) : null);
}

function readRelative(text: string, now: number): WrittenPeriod | null {
  const relative = (match: RegExpExecArray, period: Period): WrittenPeriod => ({
    length: match[0].length,
    period,
    isRelative: true,
    isCounted: true,
  });
  const day = named.exec(text);
  if (day) return relative(day, calendarUnit(now, 'day', day[1]?.toLowerCase() === 'today' ? 0 : -1));
  const block = calendar.exec(text);
  if (block) {
    const offset = /^(?:this|current)/i.test(block[0]) ? 0 : -1;
    return relative(block, calendarUnit(now, unitOf(block[2]), offset));
  }
  const span = rolling.exec(text);
  if (span) return relative(span, rollingUnits(now, unitOf(span[2] ?? span[3]), countOf(span[1])));
  const back = ago.exec(text);
  if (!back) return null;
  const { first } = rollingUnits(now, unitOf(back[2]), countOf(back[1]));
  return relative(back, days(first, 1));
}

const unitOf = (text: string | undefined): Unit => (text ?? 'day').toLowerCase() as Unit;

function readDigits(text: string): WrittenPeriod | null {
  const three = quarter.exec(text);
  if (three) {
    const period = months(Number(three[2]), (Number(three[1]) - 1) * 3, 3);
    return { length: three[0].length, period, isRelative: false, isCounted: false };
  }
  const [written] = iso.exec(text) ?? [];
  const period = written === undefined ? null : periodOfIsoDate(written);
  return written !== undefined && period
    ? { length: written.length, period, isRelative: false, isCounted: false }
    : null;
}

/** Names of months and weekdays, and days of a month, by chrono; without a year the last one that has begun. */
async function readNames(text: string, now: number): Promise<WrittenPeriod | null> {
  const { parse } = await import('chrono-node/en');
  const shift = /^(?:last|this|past|early|late|mid) (?:the )?|^the /i.exec(text)?.[0].length ?? 0;
  const reference = { instant: new Date(now), timezone: 0 };
  const whole = parse(text, reference)[0];
  const found =
    whole?.index === 0 ? { result: whole, at: 0 } : { result: parse(text.slice(shift), reference)[0], at: shift };
  const { result, at } = found;
  if (result?.index !== 0) return null;
  const first = periodOf(result.start, now);
  if (!first) return null;
  const last = result.end ? periodOf(result.end, now) : first;
  if (!last || last.after < first.first) return null;
  return {
    length: at + result.text.length,
    period: { first: first.first, after: last.after },
    isRelative: !result.start.isCertain('year'),
    isCounted: false,
  };
}

type Components = {
  isCertain(component: 'day' | 'weekday' | 'month' | 'year'): boolean;
  get(component: 'day' | 'month' | 'year'): number | null;
};

function periodOf(date: Components, now: number): Period | null {
  const year = date.get('year');
  const month = date.get('month');
  const day = date.get('day');
  if (year === null) return null;
  const at = (then: number): Period => {
    if (month === null) return years(then, 1);
    if (day !== null && (date.isCertain('day') || date.isCertain('weekday')))
      return days(Date.UTC(then, month - 1, day), 1);
    return months(then, month - 1, 1);
  };
  if (!date.isCertain('month') && !date.isCertain('weekday') && !date.isCertain('day'))
    return date.isCertain('year') ? years(year, 1) : null;
  const period = at(year);
  if (period.first <= startOfDay(now) || date.isCertain('year')) return period;
  // A weekday to come is meant as the one before; a month to come as that of the year before.
  return date.isCertain('weekday') && !date.isCertain('day') ? days(period.first - 7 * 86_400_000, 1) : at(year - 1);
}
