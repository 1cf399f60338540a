import { expect, test } from 'vitest';
import { asciidocParser } from '../../src/parse/asciidoc.ts';
import { parseBytes } from './parse-bytes.ts';

const kinds = async (source: string) =>
  (await parseBytes(asciidocParser, source)).blocks.map(({ kind, span }) => [kind, source.slice(span.start, span.end)]);

test('the header gives title, author, date, tags and language; the text stays the file', async () => {
  const source =
    '// remark\n= The {product} *guide*\nAda Lovelace <ada@example.org>; Bob Bee\nv1.2, 2026-03-01: first\n:product: Reedbed\n:keywords: water, reeds\n:lang: en\n\nBody.\n';
  const document = await parseBytes(asciidocParser, source);
  expect(document).toMatchObject({
    text: source,
    firstLine: 1,
    title: 'The Reedbed guide',
    language: 'en',
    modifiedAt: '2026-03-01T00:00:00.000Z',
    tags: ['water', 'reeds'],
    metadata: { author: 'Ada Lovelace, Bob Bee', email: 'ada@example.org', revnumber: '1.2' },
  });
});

test('headings nest by their marks, with one line or two', async () => {
  const { sections } = await parseBytes(
    asciidocParser,
    '= Book\n\n== One\n\n=== Deep\n\nx\n\nOther\n-----\n\ny\n\n## Third\n',
  );
  expect(sections.map((section) => section.kind === 'heading' && [section.level, section.title])).toEqual([
    [1, 'Book'],
    [2, 'One'],
    [3, 'Deep'],
    [2, 'Other'],
    [2, 'Third'],
  ]);
});

test('what looks like a heading in a listing is none, and a listing that is never closed is text', async () => {
  expect(
    (await parseBytes(asciidocParser, 'a\n\n----\n== no\n----\n\n== yes\n\n----\n== also\n')).sections,
  ).toMatchObject([{ title: 'yes' }, { title: 'also' }]);
});

test('lists, definitions and listings are blocks', async () => {
  expect(
    await kinds('text\ngoes on\n\n* one\nmore\n** two\n\nTerm:: said\n\n[source,sh]\n----\nls\n\npwd\n----\n'),
  ).toEqual([
    ['paragraph', 'text\ngoes on'],
    ['list-item', '* one\nmore'],
    ['list-item', '** two'],
    ['list-item', 'Term:: said'],
    ['paragraph', '[source,sh]'],
    ['code', '----\nls\n\npwd\n----'],
  ]);
});

test('rows of a table know their header, with a line for each row or for each cell', async () => {
  const source = '|===\n|Name |Age\n\n|Ada\n|36\n\n|Bob |40\n|===\n';
  const { blocks } = await parseBytes(asciidocParser, source);
  const rows = blocks.filter(({ kind }) => kind === 'table-row');
  expect(rows.map(({ span }) => source.slice(span.start, span.end))).toEqual(['|Name |Age', '|Ada\n|36', '|Bob |40']);
  expect(rows.map(({ header }) => header && source.slice(header.start, header.end))).toEqual([
    undefined,
    '|Name |Age',
    '|Name |Age',
  ]);
});

test('a hundred thousand nested lists, open listings and long lines are read in one pass', async () => {
  const hostile = [
    Array.from({ length: 100_000 }, (_, depth) => `${'*'.repeat((depth % 6) + 1)} item`).join('\n'),
    '----\n'.repeat(100_001),
    '|===\n'.repeat(100_001),
    `== ${'*a '.repeat(500_000)}`,
    `${':'.repeat(2_000_000)}`,
  ];
  for (const source of hostile) expect((await parseBytes(asciidocParser, source)).blocks.length).toBeGreaterThan(0);
});
