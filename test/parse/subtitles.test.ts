import { expect, test } from 'vitest';
import { chunkDocument } from '../../src/chunk/chunk-document.ts';
import { subtitlesParser } from '../../src/parse/subtitles.ts';
import { parseBytes, refusal } from './parse-bytes.ts';

const textOf = async (source: string) => (await parseBytes(subtitlesParser, source)).text;

test('captions of running speech are one paragraph, and a pause begins another', async () => {
  const { text, sections, metadata } = await parseBytes(
    subtitlesParser,
    '1\r\n00:00:01,000 --> 00:00:02,500\r\nThe <i>gauge</i> stands\r\n\r\n2\r\n00:00:02,600 --> 00:00:04,000\r\n{\\an8}at the weir.\r\n\r\n3\r\n01:02:09,000 --> 01:02:10,000\r\nGoodbye.\r\n',
  );
  expect(text).toBe('[00:00:01] The gauge stands at the weir.\n\n[01:02:09] Goodbye.');
  expect(sections.map((section) => section.kind === 'heading' && section.title)).toEqual(['00:00:01', '01:02:09']);
  expect(metadata).toEqual({ captions: 3, durationSeconds: 3730 });
});

test('WebVTT: voices, notes, entities and settings; styles and regions are left out', async () => {
  const source =
    'WEBVTT - Council\nLanguage: de\n\nSTYLE\n::cue { color: red }\n\nNOTE checked by Bob\n\nintro\n00:01.000 --> 00:02.000 align:start\n<v.loud Ada>Reeds &amp; <00:01.500><c.x>water</c>\n\n00:02.000 --> 00:03.000\n<v Bob>Yes.</v>\n';
  const { text, language, metadata } = await parseBytes(subtitlesParser, source);
  expect(text).toBe('Council\n\nchecked by Bob\n\n[00:00:01] Ada: Reeds & water\n\n[00:00:02] Bob: Yes.');
  expect(language).toBe('de');
  expect(metadata.speakers).toEqual(['Ada', 'Bob']);
});

test('two people in one caption, and names in capitals, are paragraphs of their own', async () => {
  expect(
    await textOf(
      '1\n00:00:01,000 --> 00:00:02,000\n- Where to?\n- Home.\n\n2\n00:00:02,100 --> 00:00:03,000\nMRS. REED: Wait\nfor me!\n\n3\n00:00:03,100 --> 00:00:04,000\n>> No.\n',
    ),
  ).toBe('[00:00:01] Where to?\n\n[00:00:01] Home.\n\n[00:00:02] MRS. REED: Wait for me!\n\n[00:00:03] No.');
});

test('live captions that show each line twice are said once, and a word said twice stays', async () => {
  const rolling =
    'WEBVTT\n\n00:01.000 --> 00:02.000\nhello all\n\n00:02.000 --> 00:02.010\nhello all\n\n00:02.010 --> 00:03.000\nhello all\nand welcome\n\n00:03.000 --> 00:03.010\nand welcome\n\n00:03.010 --> 00:04.000\nand welcome\nto the weir\n';
  expect(await textOf(rolling)).toBe('[00:00:01] hello all and welcome to the weir');
  const twice = '1\n00:00:01,000 --> 00:00:02,000\nNo.\n\n2\n00:00:02,000 --> 00:00:03,000\nNo.\n';
  expect(await textOf(twice)).toBe('[00:00:01] No. No.');
});

test('a caption without the empty line before the next one loses nothing', async () => {
  expect(await textOf('1\n00:00:01,000 --> 00:00:02,000\none\n2\n00:00:02,000 --> 00:00:03,000\ntwo\n')).toBe(
    '[00:00:01] one two',
  );
});

test('a passage is named by the time at which it begins', async () => {
  const cue = (at: number) =>
    `00:${String(at).padStart(2, '0')}:00.000 --> 00:${String(at).padStart(2, '0')}:05.000\nThe level of the water at station ${at} rose again during the night of the storm.\n\n`;
  const document = await parseBytes(
    subtitlesParser,
    `WEBVTT\n\n${Array.from({ length: 40 }, (_, at) => cue(at)).join('')}`,
  );
  const chunks = chunkDocument(document);
  expect(chunks.length).toBeGreaterThan(1);
  for (const { span, headingPath } of chunks)
    expect(document.text.slice(span.start).startsWith(`[${headingPath.at(-1)}]`)).toBe(true);
});

test('text without a time is no subtitles', async () => {
  expect(await refusal(subtitlesParser, 'Dear all,\n\n-> see below')).toMatchObject({ code: 'PARSE_FAILED' });
});

test('hostile captions are read in one pass', async () => {
  const hostile = [
    `WEBVTT\n\n${'00:01.000 --> 00:02.000\nx\n'.repeat(100_000)}`,
    `WEBVTT\n\n00:01.000 --> 00:02.000\n${'<v '.repeat(200_000)}x`,
    `1\n00:00:01,000 --> 00:00:02,000\n${'&'.repeat(3_000_000)}\nend\n`,
    `${'->'.repeat(1_000_000)}\n\n1\n00:00:01,000 --> 00:00:02,000\nx\n`,
  ];
  for (const source of hostile) expect(await textOf(source)).toMatch(/^\[00:00:01\] /);
});
