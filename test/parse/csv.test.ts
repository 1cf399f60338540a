import { expect, test } from 'vitest';
import { csvParser } from '../../src/parse/csv.ts';
import { csvRows, sniffDelimiter } from '../../src/parse/csv-rows.ts';
import { parseBytes } from './parse-bytes.ts';

const parse = (text: string) => parseBytes(csvParser, text);
const cells = (text: string, delimiter = ',') => [...csvRows(text, delimiter)].map((row) => row.cells);

test('a row says what its cells mean', async () => {
  const { text, blocks } = await parse('Name,City\nAnn,Bern\nBo,\n');
  expect(text).toBe('Name, City\nName: Ann; City: Bern\nName: Bo\n');
  expect(blocks.map(({ span, header }) => [text.slice(span.start, span.end), header])).toEqual([
    ['Name, City', undefined],
    ['Name: Ann; City: Bern', blocks[0]!.span],
    ['Name: Bo', blocks[0]!.span],
  ]);
});

test('rows keep the lines that they have in the file', async () => {
  const source = 'id,note\n1,"two\nlines"\n\n2,"three\n\nlines"\n3,x';
  const { text, firstLine } = await parse(source);
  expect(firstLine).toBe(1);
  const lineOf = (within: string, words: string) => within.slice(0, within.indexOf(words)).split('\n').length;
  expect(lineOf(text, 'id: 3')).toBe(lineOf(source, '3,x'));
  expect(lineOf(text, 'id: 2')).toBe(lineOf(source, '2,"three'));
});

test('a table of numbers has no header and stays as it is', async () => {
  expect((await parse('1,2\n3,4\n')).text).toBe('1,2\n3,4\n');
});

test('names that would outgrow the data are not repeated, but the rows know their header', async () => {
  const name = 'a very long column name indeed '.repeat(3).trim();
  const source = `${name},${name}\n${'1,2\n'.repeat(2_000)}`;
  const { text, blocks } = await parse(source);
  expect(text).toBe(source);
  expect(blocks[5]!.header).toEqual(blocks[0]!.span);
});

test.each([
  ['a,b\n1,2', ','],
  ['Name;Preis\nA;1,5\nB;2,5', ';'],
  ['a\tb\n1\t2', '\t'],
  ['a|b\n1|2', '|'],
  ['sep=;\na;b', ';'],
])('the delimiter of %j', (text, delimiter) => expect(sniffDelimiter(text)).toBe(delimiter));

test('quotes: doubled, with delimiters and line breaks inside', () =>
  expect(cells('"a ""b""","c,d\n e",f')).toEqual([['a "b"', 'c,d\n e', 'f']]));

test('a quote that is never closed is a plain character', () =>
  expect(cells('id,t\n1,"x\n2,y\n3,z')).toEqual([
    ['id', 't'],
    ['1', '"x'],
    ['2', 'y'],
    ['3', 'z'],
  ]));

test('rows of any length are kept', async () => {
  expect((await parse('a,b\n1\n1,2,3\n')).text).toBe('a, b\na: 1\na: 1; b: 2; 3\n');
});

test('stray quotes cost linear time', () => {
  const started = performance.now();
  expect([...csvRows('"x '.repeat(400_000), ',')]).toHaveLength(1);
  expect([...csvRows(`a,"x,y\n`.repeat(40_000), ',')]).toHaveLength(40_000);
  expect(performance.now() - started).toBeLessThan(5_000);
});
