import { expect, test } from 'vitest';
import { pdfDate, readInformation } from '../../src/parse/pdf/information.ts';
import { pdfParser } from '../../src/parse/pdf.ts';
import { parseBytes, refusal } from './parse-bytes.ts';
import { type PdfSketch, type PdfText, writePdf } from './write-pdf.ts';

const parse = (sketch: PdfSketch, limits = {}) => parseBytes(pdfParser, writePdf(sketch), limits);
const lines = (x: number, top: number, texts: readonly string[], leading = 14): PdfText[] =>
  texts.map((text, index) => ({ x, y: top - index * leading, text }));

test('each page is a section whose span is its text', async () => {
  const { text, sections } = await parse({
    pages: [[{ x: 72, y: 700, text: 'First page.' }], [{ x: 72, y: 700, text: 'Second page.' }]],
  });
  expect(text).toBe('First page.\n\nSecond page.');
  expect(
    sections.map((section) => [
      section.kind === 'page' && section.page,
      text.slice(section.span.start, section.span.end),
    ]),
  ).toEqual([
    [1, 'First page.'],
    [2, 'Second page.'],
  ]);
});

test('lines of one paragraph are joined and a wider gap begins the next', async () => {
  const first = lines(72, 700, [
    'The quick brown fox jumps over the lazy dog and',
    'runs away into the deep dark woods behind it.',
  ]);
  const second = lines(72, 640, ['Another paragraph starts here.']);
  const { text, blocks } = await parse({ pages: [[...first, ...second]] });
  expect(text).toBe(
    'The quick brown fox jumps over the lazy dog and runs away into the deep dark woods behind it.\n\nAnother paragraph starts here.',
  );
  expect(blocks.map(({ span }) => text.slice(span.start, span.end))).toEqual(text.split('\n\n'));
});

test('a word split by a hyphen at the line end is whole again, a compound keeps its hyphen', async () => {
  const { text } = await parse({
    pages: [
      lines(72, 700, [
        'We use a long-term plan for the reliable trans-',
        'mission of words and for the whole long-',
        'term storage of the documents in this file.',
      ]),
    ],
  });
  expect(text).toBe(
    'We use a long-term plan for the reliable transmission of words and for the whole long-term storage of the documents in this file.',
  );
});

test('two columns drawn line by line are read one after the other', async () => {
  const left = [
    'The left column tells of the sea and of',
    'the ships that sail on it all day long',
    'until the harbour lamps are lit again',
    'and every sailor goes home to sleep.',
  ];
  const right = [
    'The right column is about high hills',
    'where goats climb over the sharp rocks',
    'and shepherds watch them from below',
    'with bread and cheese in their hands.',
  ];
  const mixed = left.flatMap((text, index) => [
    { x: 60, y: 700 - index * 14, text },
    { x: 330, y: 700 - index * 14, text: right[index]! },
  ]);
  const title = {
    x: 60,
    y: 740,
    text: 'A title that runs across both of the columns on this page, from left to right',
    size: 14,
  };
  const { text } = await parse({ pages: [[title, ...mixed]] });
  expect(text).toBe(`${title.text}\n\n${left.join(' ')}\n\n${right.join(' ')}`);
});

test('a table keeps its rows', async () => {
  const cells = [
    ['Item', 'Count', 'Price'],
    ['Apples', '12', '3.40'],
    ['Pears', '7', '2.10'],
    ['Plums', '30', '9.95'],
  ];
  const { text, blocks } = await parse({
    pages: [
      cells.flatMap((row, index) =>
        row.map((cell, column) => ({ x: 72 + column * 150, y: 700 - index * 14, text: cell })),
      ),
    ],
  });
  expect(text.split('\n')).toEqual(cells.map((row) => row.join('  ')));
  expect(blocks.map(({ kind }) => kind)).toEqual(['table-row', 'table-row', 'table-row', 'table-row']);
});

test('form values stand where they are seen and comments come at the end', async () => {
  const { text } = await parse({
    pages: [
      [
        { x: 72, y: 700, text: 'Name:' },
        { x: 72, y: 600, text: 'Signature follows.' },
      ],
    ],
    fields: [{ name: 'name', value: 'Ada Lovelace', rect: [120, 695, 300, 713] }],
    notes: ['Check the spelling'],
  });
  expect(text.replace(/\s+/g, ' ')).toBe('Name: Ada Lovelace Signature follows. Check the spelling');
});

test('title, author and date come from the document information, junk titles do not', async () => {
  const pages = [[{ x: 72, y: 700, text: 'Body' }]];
  const named = await parse({
    pages,
    info: { Title: 'Annual report', Author: 'B. Writer', ModDate: "D:20240229101500+01'00'" },
  });
  expect([named.title, named.metadata.author, named.modifiedAt]).toEqual([
    'Annual report',
    'B. Writer',
    '2024-02-29T09:15:00.000Z',
  ]);
  for (const Title of ['untitled', 'Microsoft Word - letter.doc', 'report_final.docx', 'Document1', '...'])
    expect((await parse({ pages, info: { Title } })).title).toBeNull();
});

test('without one in the document information, the title is what the first page sets largest', async () => {
  const body = lines(72, 600, [
    'The body of the text begins here and goes on',
    'for a second line of it, as text does.',
  ]);
  const title = [
    { x: 150, y: 700, text: 'A study of tides and', size: 20 },
    { x: 180, y: 676, text: 'of their causes', size: 20 },
  ];
  expect((await parse({ pages: [[...title, ...body]] })).title).toBe('A study of tides and of their causes');
  expect((await parse({ pages: [body] })).title).toBeNull();
});

test('a date that is none is left out', () => {
  expect([pdfDate('D:2024'), pdfDate('D:20241399'), pdfDate('yesterday'), pdfDate(null)]).toEqual([
    '2024-01-01T00:00:00.000Z',
    null,
    null,
    null,
  ]);
  expect(readInformation({ Title: 7, CreationDate: {} })).toEqual({ title: null, modifiedAt: null, metadata: {} });
});

test('a PDF without a text layer says how many pages need OCR', async () => {
  const { code, message } = await refusal(pdfParser, writePdf({ pages: [[], [], []] }));
  expect(code).toBe('PARSE_NO_TEXT');
  expect(message).toMatch(/3 pages without a text layer.*OCR/);
});

test('a page without text among others is named in a warning', async () => {
  const { warnings } = await parse({ pages: [[{ x: 72, y: 700, text: 'Text' }], []] });
  expect(warnings.join()).toMatch(/No text on 1 of 2 pages \(2\)/);
});

test('an encrypted PDF asks for its password', async () => {
  const hash = 'ab'.repeat(32);
  const encrypt = `<< /Filter /Standard /V 1 /R 2 /O <${hash}> /U <${hash}> /P -44 >>`;
  const { code, message } = await refusal(pdfParser, writePdf({ pages: [[{ x: 1, y: 1, text: 'x' }]], encrypt }));
  expect(code).toBe('PARSE_ENCRYPTED');
  expect(message).toContain('password');
});

test('damaged bytes are refused as damaged', async () => {
  expect((await refusal(pdfParser, '%PDF-1.7\nnothing')).code).toBe('PARSE_FAILED');
});

test('pages past the limit are left out with a warning', async () => {
  const page = [{ x: 72, y: 700, text: 'Page' }];
  const { sections, warnings } = await parse({ pages: [page, page, page] }, { maxPages: 2 });
  expect(sections).toHaveLength(2);
  expect(warnings.join()).toMatch(/first 2 of 3 pages/);
});

test('a content stream that inflates without end is refused before it is read', async () => {
  const bomb = writePdf({ pages: [[]], rawContent: { data: Buffer.alloc(80_000_000, 0x20), filters: 2 } });
  expect(bomb.length).toBeLessThan(10_000);
  expect((await refusal(pdfParser, bomb)).code).toBe('PARSE_TOO_LARGE');
});

test('text past the limit stops the reading', async () => {
  const page = lines(
    72,
    700,
    Array.from({ length: 40 }, () => 'word '.repeat(15)),
  );
  expect((await refusal(pdfParser, writePdf({ pages: [page] }), { maxTextLength: 1000 })).code).toBe('PARSE_TOO_LARGE');
});
