import { foldText } from '../text-terms.ts';

/** Languages whose names of months and days are read; every runtime with full ICU data knows them. */
const LOCALES = ['en', 'de', 'fr', 'es', 'it', 'pt', 'nl', 'pl', 'sv', 'da', 'nb', 'cs', 'ru', 'uk', 'tr', 'id'];

/** Whose short names are read too; those of others are words of English, such as "set" and "pro". */
const SHORT = new Set(['en', 'de', 'fr']);

export type CalendarNames = {
  /** By folded name; month from 1. */
  readonly months: ReadonlyMap<string, number>;
  /** By folded name; 0 is Sunday. */
  readonly weekdays: ReadonlyMap<string, number>;
};

let known: CalendarNames | null = null;

/** Names of months and weekdays, long and short, as they stand in dates and alone. */
export function calendarNames(): CalendarNames {
  known ??= { months: monthNames(), weekdays: weekdayNames() };
  return known;
}

function monthNames(): Map<string, number> {
  const names = new Map<string, number>([['sept', 9]]);
  for (const locale of LOCALES) {
    for (let month = 1; month <= 12; month++) {
      const date = new Date(Date.UTC(2024, month - 1, 15));
      for (const style of SHORT.has(locale) ? (['long', 'short'] as const) : (['long'] as const)) {
        const alone = new Intl.DateTimeFormat(locale, { month: style, timeZone: 'UTC' }).format(date);
        const inDate = new Intl.DateTimeFormat(locale, { day: 'numeric', month: style, timeZone: 'UTC' })
          .formatToParts(date)
          .find(({ type }) => type === 'month')?.value;
        for (const name of [alone, inDate ?? '']) add(names, name, month);
      }
    }
  }
  return names;
}

function weekdayNames(): Map<string, number> {
  const names = new Map<string, number>();
  for (const locale of LOCALES) {
    for (let day = 0; day < 7; day++) {
      // 7 January 2024 was a Sunday.
      const date = new Date(Date.UTC(2024, 0, 7 + day));
      add(names, new Intl.DateTimeFormat(locale, { weekday: 'long', timeZone: 'UTC' }).format(date), day);
    }
  }
  return names;
}

/** The first language that has a name keeps it. */
function add(names: Map<string, number>, name: string, value: number): void {
  const folded = foldText(name).replace(/\.$/, '');
  if (/^[\p{L}\p{M}]{3,}$/u.test(folded) && !names.has(folded)) names.set(folded, value);
}
