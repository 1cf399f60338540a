import { expect, test } from 'vitest';
import { icsParser } from '../../src/parse/ics.ts';
import { parseBytes, refusal } from './parse-bytes.ts';

const calendar = (...lines: string[]) => ['BEGIN:VCALENDAR', 'VERSION:2.0', ...lines, 'END:VCALENDAR', ''].join('\r\n');
const event = (...lines: string[]) => calendar('BEGIN:VEVENT', ...lines, 'END:VEVENT');
const textOf = async (source: string) => (await parseBytes(icsParser, source)).text;
const whenOf = async (...lines: string[]) => /^When: (.*)$/m.exec(await textOf(event('SUMMARY:x', ...lines)))?.[1];
const repeatsOf = async (rule: string) =>
  /^Repeats: (.*)$/m.exec(await textOf(event('SUMMARY:x', `RRULE:${rule}`)))?.[1];

test('an event says when, where, who and what, each under its title', async () => {
  const { text, title, sections, blocks, metadata } = await parseBytes(
    icsParser,
    calendar(
      'X-WR-CALNAME:Field work',
      'BEGIN:VTIMEZONE',
      'TZID:Europe/Berlin',
      'BEGIN:STANDARD',
      'DTSTART:19701025T030000',
      'RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10',
      'END:STANDARD',
      'END:VTIMEZONE',
      'BEGIN:VEVENT',
      'SUMMARY:Gauging\\, spring',
      'DTSTART;TZID=Europe/Berlin:20260304T100000',
      'DTEND;TZID=Europe/Berlin:20260304T113000',
      'RRULE:FREQ=WEEKLY;INTERVAL=2;BYDAY=WE;UNTIL=20260701T000000Z',
      'EXDATE;TZID=Europe/Berlin:20260318T100000',
      'LOCATION:The weir\\nNorth bank',
      'ORGANIZER;CN=Ada:mailto:ada@example.org',
      'ATTENDEE;CN="Bee, Bob";PARTSTAT=ACCEPTED:mailto:bob@example.org',
      'ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:eve@example.org',
      'STATUS:CANCELLED',
      'DESCRIPTION:Bring the\\nlong rod and a very long ',
      ' line',
      'BEGIN:VALARM',
      'DESCRIPTION:ring',
      'END:VALARM',
      'END:VEVENT',
      'BEGIN:VTODO',
      'SUMMARY:Write it up',
      'DUE;VALUE=DATE:20260310',
      'END:VTODO',
    ),
  );
  expect(title).toBe('Field work');
  expect(metadata).toEqual({ entries: 2 });
  expect(text).toBe(
    [
      '## Gauging, spring',
      '',
      'When: Wednesday, 4 March 2026, 10:00 to 11:30 (Europe/Berlin)',
      'Repeats: every 2 weeks on Wednesday until Wednesday, 1 July 2026',
      'Except on: Wednesday, 18 March 2026, 10:00',
      'Where: The weir, North bank',
      'Organizer: Ada <ada@example.org>',
      'People: Bee, Bob <bob@example.org> (accepted), eve@example.org',
      'Status: cancelled',
      '',
      'Bring the',
      'long rod and a very long line',
      '',
      '## Write it up',
      '',
      'Due: Tuesday, 10 March 2026',
    ].join('\n'),
  );
  expect(sections.map((section) => section.kind === 'heading' && section.title)).toEqual([
    'Gauging, spring',
    'Write it up',
  ]);
  expect(blocks.map(({ kind }) => kind)).toEqual(['heading', 'record', 'heading', 'record']);
});

test('quoted-printable words of vCalendar 1.0 are decoded', async () => {
  expect(await textOf(event('SUMMARY;ENCODING=QUOTED-PRINTABLE;CHARSET=UTF-8:Gr=C3=BC=', '=C3=9Fe'))).toBe('## Grüße');
});

test.each([
  [['DTSTART;VALUE=DATE:20260304', 'DTEND;VALUE=DATE:20260305'], 'Wednesday, 4 March 2026, all day'],
  [['DTSTART;VALUE=DATE:20260304', 'DTEND;VALUE=DATE:20260307'], 'Wednesday, 4 March 2026 to Friday, 6 March 2026'],
  [['DTSTART:20260304T090000Z', 'DURATION:PT1H30M'], 'Wednesday, 4 March 2026, 09:00 (UTC), for 1 hour and 30 minutes'],
  [
    ['DTSTART:20260304T230000', 'DTEND:20260305T010000'],
    'Wednesday, 4 March 2026, 23:00 to Thursday, 5 March 2026, 01:00',
  ],
  [['DTSTART:20260231T230000'], undefined],
])('%j is %s', async (lines, words) => expect(await whenOf(...lines)).toBe(words));

test.each([
  ['FREQ=DAILY;COUNT=10', 'every day 10 times'],
  ['FREQ=MONTHLY;BYDAY=2TU', 'every month on the second Tuesday'],
  [
    'FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1',
    'every month on the last of Monday, Tuesday, Wednesday, Thursday and Friday',
  ],
  ['FREQ=YEARLY;BYMONTH=3;BYMONTHDAY=-1', 'every year on the last day of the month in March'],
  ['FREQ=SOMETIMES', 'FREQ=SOMETIMES'],
])('%s is "%s"', async (rule, words) => expect(await repeatsOf(rule)).toBe(words));

test('what is no calendar, or has nothing in it, says so', async () => {
  expect(await refusal(icsParser, 'Hello')).toMatchObject({ code: 'PARSE_FAILED' });
  expect(await refusal(icsParser, calendar())).toMatchObject({ code: 'PARSE_NO_TEXT' });
});

test.each([
  ['a million rules', event('SUMMARY:end', 'RRULE:FREQ=DAILY\r\n'.repeat(1_000_000))],
  ['a rule of a million parts', event('SUMMARY:end', `RRULE:FREQ=YEARLY;BYYEARDAY=${'1,'.repeat(500_000)}1`)],
  ['a folded line without end', event('SUMMARY:end', `DESCRIPTION:a${'\r\n b'.repeat(500_000)}`)],
  ['open components', calendar('BEGIN:VEVENT\r\nBEGIN:X\r\n'.repeat(50_000), 'END:X', 'SUMMARY:end')],
  ['many parameters', event(`SUMMARY${';A=b,c'.repeat(200_000)}:end`, 'LOCATION:there')],
])('hostile calendars are read in one pass: %s', async (_, source) => {
  expect((await textOf(source)).length).toBeGreaterThan(0);
});
