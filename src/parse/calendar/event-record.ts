import { type ContentLine, splitValue, unescapeText } from '../content-lines.ts';
import { calendarDate, dateWords, spanWords } from './date-words.ts';
import { durationWords, recurrenceWords } from './recurrence-words.ts';

export type EventRecord = { readonly title: string /** Lines below the title. */; readonly text: string };

const MOST_PEOPLE = 100;
const MOST_DATES = 50;
const MAX_DESCRIPTION_LENGTH = 50_000;

/** An event, task or journal entry of a calendar, said in words. */
export function eventRecord(lines: readonly ContentLine[]): EventRecord {
  const first = (name: string): ContentLine | undefined => lines.find((line) => line.name === name);
  const all = (name: string, most: number): readonly ContentLine[] =>
    lines.filter((line) => line.name === name).slice(0, most);
  const words = (name: string): string => unescapeText(first(name)?.value ?? '').trim();
  const said: string[] = [];
  const say = (label: string, value: string | null): void => {
    if (value) said.push(`${label}: ${value}`);
  };

  say('When', when(first('DTSTART'), first('DTEND'), first('DURATION')));
  say('Due', dateOf(first('DUE')));
  say('Instead of', dateOf(first('RECURRENCE-ID')));
  say(
    'Repeats',
    all('RRULE', 5)
      .map(({ value }) => recurrenceWords(value))
      .join('; '),
  );
  say('Also on', datesOf(all('RDATE', MOST_DATES)));
  say('Except on', datesOf(all('EXDATE', MOST_DATES)));
  say('Where', words('LOCATION').replace(/\s*\n\s*/g, ', '));
  say('Organizer', all('ORGANIZER', 1).map(person).join(''));
  say('People', all('ATTENDEE', MOST_PEOPLE).map(attendee).join(', '));
  say('Contact', words('CONTACT').replace(/\s*\n\s*/g, ', '));
  const status = words('STATUS').toLowerCase().replaceAll('-', ' ');
  if (status !== 'confirmed') say('Status', status);
  say('Done', dateOf(first('COMPLETED')));
  say(
    'Categories',
    all('CATEGORIES', 20)
      .flatMap(({ value }) => splitValue(value, ',').slice(0, 50).map(unescapeText))
      .join(', '),
  );
  say('Link', words('URL'));
  const description = words('DESCRIPTION').slice(0, MAX_DESCRIPTION_LENGTH) || htmlText(words('X-ALT-DESC'));
  if (description) said.push('', description);
  for (const comment of all('COMMENT', 20)) said.push(unescapeText(comment.value).trim());
  return { title: words('SUMMARY').replace(/\s+/g, ' ') || '(no title)', text: said.join('\n').trim() };
}

function when(
  start: ContentLine | undefined,
  end: ContentLine | undefined,
  duration: ContentLine | undefined,
): string | null {
  const from = start && calendarDate(start.value, start.params.get('TZID')?.[0]);
  if (!from) return null;
  const to = end ? calendarDate(end.value, end.params.get('TZID')?.[0]) : null;
  const length = !to && duration ? durationWords(duration.value) : null;
  return length ? `${dateWords(from)}, for ${length}` : spanWords(from, to);
}

function dateOf(line: ContentLine | undefined): string | null {
  const date = line && calendarDate(line.value, line.params.get('TZID')?.[0]);
  return date ? dateWords(date) : null;
}

const datesOf = (lines: readonly ContentLine[]): string =>
  lines
    .flatMap(({ value, params }) =>
      splitValue(value.slice(0, 5_000), ',').map((each) => calendarDate(each, params.get('TZID')?.[0])),
    )
    .flatMap((date) => (date ? [dateWords({ ...date, zone: null })] : []))
    .slice(0, MOST_DATES)
    .join('; ');

function person({ params, value }: ContentLine): string {
  const name = params.get('CN')?.[0]?.trim();
  const address = value.trim().replace(/^mailto:/i, '');
  return name && name !== address ? `${name} <${address}>` : address;
}

const ANSWERS = /^(?:accepted|declined|tentative|delegated)$/i;

function attendee(line: ContentLine): string {
  const answer = line.params.get('PARTSTAT')?.[0] ?? '';
  return `${person(line)}${ANSWERS.test(answer) ? ` (${answer.toLowerCase()})` : ''}`;
}

const htmlText = (html: string): string =>
  html
    .slice(0, MAX_DESCRIPTION_LENGTH)
    .replace(/<br\s*\/?>|<\/p>/gi, '\n')
    .replace(/<[^<>]{0,500}>/g, '')
    .trim();
