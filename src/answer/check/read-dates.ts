import { foldText } from '../text-terms.ts';
import { calendarNames } from './calendar-names.ts';
import type { DateFact, DateParts } from './facts.ts';

const WORD = String.raw`[\p{L}\p{M}]{3,14}\.?`;
const YEAR = String.raw`(?:1[0-9]\d{2}|20\d{2}|21\d{2})`;
/** Chinese and Japanese write no space around a number. */
const SPACED = String.raw`\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}\p{N}`;
const FREE_BEFORE = String.raw`(?<![${SPACED}]|\d[.,:/])`;
const FREE_AFTER = String.raw`(?![${SPACED}]|[.,:/]\d)`;

type Pattern = { readonly regex: RegExp; readonly read: (match: RegExpExecArray) => DateParts[] };

const pattern = (source: string, read: Pattern['read']): Pattern => ({ regex: new RegExp(source, 'giu'), read });

/** The longest forms first: what one has read no later one reads again. */
const PATTERNS: readonly Pattern[] = [
  pattern(`${FREE_BEFORE}(${YEAR})[-/.](\\d{1,2})[-/.](\\d{1,2})(?=T\\d|${FREE_AFTER})`, (m) =>
    dates(+m[1]!, +m[2]!, +m[3]!),
  ),
  pattern(`${FREE_BEFORE}(\\d{1,2})([-/.])(\\d{1,2})\\2(${YEAR}|\\d{2})${FREE_AFTER}`, (m) => [
    ...dates(fullYear(+m[4]!), +m[3]!, +m[1]!),
    ...(m[2] === '.' ? [] : dates(fullYear(+m[4]!), +m[1]!, +m[3]!)),
  ]),
  pattern(`(${YEAR})\\s?[年년]\\s?(?:(\\d{1,2})\\s?[月월])?(?:\\s?(\\d{1,2})\\s?[日일号])?`, (m) => [
    parts({ year: +m[1]!, month: numberOf(m[2]), day: numberOf(m[3]) }),
  ]),
  pattern(`(?<!\\d)(\\d{1,2})\\s?[月월](?:\\s?(\\d{1,2})\\s?[日일号])?`, (m) => [
    parts({ month: +m[1]!, day: numberOf(m[2]) }),
  ]),
  // 3 May 2024, 3rd of May, 3. Mai 2024, 3 de mayo de 2024
  pattern(
    `${FREE_BEFORE}(\\d{1,2})(?:st|nd|rd|th|er|\\.|º)?\\s(?:of\\s|de\\s|d')?(${WORD})(?:,?\\s(?:de\\s|of\\s)?(${YEAR}))?(?![\\p{L}\\p{N}])`,
    (m) => withMonth(m[2]!, { day: +m[1]!, year: numberOf(m[3]) }),
  ),
  // May 3, 2024; May 3rd
  pattern(
    `(?<![\\p{L}\\p{N}])(${WORD})\\s(?:the\\s)?(\\d{1,2})(?:st|nd|rd|th)?(?:\\s?,?\\s(${YEAR}))?(?![\\p{L}\\p{N}]|[.,:]\\d)`,
    (m) => withMonth(m[1]!, { day: +m[2]!, year: numberOf(m[3]) }),
  ),
  // May 2024
  pattern(`(?<![\\p{L}\\p{N}])(${WORD}),?\\s(?:of\\s|de\\s|del\\s)?(${YEAR})(?![\\p{L}\\p{N}])`, (m) =>
    withMonth(m[1]!, { year: +m[2]! }),
  ),
  pattern(`${FREE_BEFORE}([01]?\\d|2[0-3])[:h.]([0-5]\\d)(?:\\s?([ap])\\.?\\s?m\\b\\.?|\\s?uhr)?${FREE_AFTER}`, (m) =>
    /[:h]/i.test(m[0]) || m[3] !== undefined || /uhr/i.test(m[0]) ? times(+m[1]!, +m[2]!, m[3]) : [],
  ),
  pattern(`${FREE_BEFORE}(1[0-2]|[1-9])\\s?([ap])\\.?\\s?m\\b\\.?`, (m) => times(+m[1]!, 0, m[2])),
  pattern(`${FREE_BEFORE}(?:FY\\s?)?(${YEAR})(?=s?(?![${SPACED}]))(?![.,]\\d|[.,]?\\d)`, (m) => [{ year: +m[1]! }]),
  // A month or a weekday alone, with its capital where "may" and "march" are verbs.
  pattern(`(?<![\\p{L}\\p{N}])(${WORD})(?![\\p{L}\\p{N}])`, (m) => aloneOf(m[1]!, m)),
];

/** The dates, years and times of day of a text whose digits are ASCII. They do not overlap. */
export function readDates(text: string): DateFact[] {
  const taken = new Uint8Array(text.length);
  const facts: DateFact[] = [];
  for (const { regex, read } of PATTERNS) {
    for (const match of text.matchAll(regex)) {
      const start = match.index;
      const end = start + match[0].length;
      if (taken.subarray(start, end).includes(1)) continue;
      const readings = read(match);
      if (readings.length === 0) continue;
      taken.fill(1, start, end);
      facts.push({ kind: 'date', text: text.slice(start, end), span: { start, end }, readings });
    }
  }
  return facts.sort((a, b) => a.span.start - b.span.start);
}

const numberOf = (digits: string | undefined): number | undefined =>
  digits === undefined ? undefined : Number(digits);

/** Two digits mean a year near our own. */
const fullYear = (year: number): number => (year >= 100 ? year : year < 50 ? 2000 + year : 1900 + year);

const dates = (year: number, month: number, day: number): DateParts[] =>
  month >= 1 && month <= 12 && day >= 1 && day <= 31 ? [{ year, month, day }] : [];

const parts = (given: { year?: number; month?: number; day?: number }): DateParts =>
  Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));

/** Verbs and other words, unless they have a capital. */
const OTHER_WORDS = new Set(['may', 'march', 'mars', 'mar', 'sep', 'dec', 'jan', 'mai', 'mei']);

function withMonth(word: string, given: { day?: number; year?: number }): DateParts[] {
  const folded = foldText(word).replace(/\.$/, '');
  if (OTHER_WORDS.has(folded) && /^\p{Ll}/u.test(word) && given.year === undefined) return [];
  const month = calendarNames().months.get(folded);
  if (month === undefined || (given.day !== undefined && (given.day < 1 || given.day > 31))) return [];
  return [parts({ ...given, month })];
}

function times(hour: number, minute: number, half: string | undefined): DateParts[] {
  const at = half === undefined ? hour : (hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0);
  return [{ minute: at * 60 + minute }];
}

function aloneOf(word: string, match: RegExpExecArray): DateParts[] {
  if (!/^\p{Lu}/u.test(word)) return [];
  const folded = foldText(word).replace(/\.$/, '');
  const { months, weekdays } = calendarNames();
  const weekday = weekdays.get(folded);
  if (weekday !== undefined) return [{ weekday }];
  const month = folded.length > 3 || folded === 'may' ? months.get(folded) : undefined;
  if (month === undefined) return [];
  const isVerb = folded === 'may' || folded === 'march' || folded === 'mars';
  const startsSentence = /(?:^|[.!?:]\s*["“(]?)$/.test(match.input.slice(Math.max(0, match.index - 6), match.index));
  return isVerb && startsSentence ? [] : [{ month }];
}

/** Whether `given`, of a passage, says all of `asked`; a year that it leaves out may stand anywhere in the passage. */
export function isSameDate(asked: DateFact, given: DateFact, years: ReadonlySet<number>): boolean {
  return asked.readings.some((wanted) => given.readings.some((own) => covers(own, wanted, years)));
}

function covers(own: DateParts, wanted: DateParts, years: ReadonlySet<number>): boolean {
  for (const part of ['month', 'day', 'weekday', 'minute'] as const) {
    if (wanted[part] !== undefined && wanted[part] !== own[part]) return false;
  }
  if (wanted.year === undefined) return true;
  return own.year === undefined ? years.has(wanted.year) : own.year === wanted.year;
}
