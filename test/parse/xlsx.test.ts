import { expect, test } from 'vitest';
import { isDateFormat, serialToIso } from '../../src/parse/xlsx/cell-formats.ts';
import { xlsxParser } from '../../src/parse/xlsx.ts';
import { parseBytes, refusal } from './parse-bytes.ts';
import { writeParts, writeRelationships } from './xml-package.ts';

function xlsx(sheets: Readonly<Record<string, string>>, parts: Readonly<Record<string, string>> = {}): Uint8Array {
  const names = Object.keys(sheets);
  return writeParts({
    '_rels/.rels': writeRelationships([['r1', 'officeDocument', 'xl/workbook.xml']]),
    'xl/workbook.xml': `<workbook xmlns:r="r"><sheets>${names.map((name, index) => `<sheet name="${name}" sheetId="${index + 1}" r:id="s${index}"/>`).join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': writeRelationships([
      ...names.map((_, index) => [`s${index}`, 'worksheet', `worksheets/sheet${index}.xml`] as const),
      ['strings', 'sharedStrings', 'sharedStrings.xml'],
      ['styles', 'styles', 'styles.xml'],
    ]),
    ...Object.fromEntries(
      names.map((name, index) => [
        `xl/worksheets/sheet${index}.xml`,
        `<worksheet><sheetData>${sheets[name]}</sheetData></worksheet>`,
      ]),
    ),
    ...parts,
  });
}

const inline = (reference: string, text: string) => `<c r="${reference}" t="inlineStr"><is><t>${text}</t></is></c>`;

test('each sheet is a heading with its cells as a table', async () => {
  const bytes = xlsx({
    People: `<row r="1">${inline('A1', 'Name')}${inline('B1', 'Age')}</row><row r="2">${inline('A2', 'Ada')}<c r="B2"><v>36</v></c></row>`,
    Empty: '',
    Notes: `<row r="1">${inline('A1', 'Remember')}</row>`,
  });
  const { text, sections, blocks } = await parseBytes(xlsxParser, bytes);
  expect(text).toBe('# People\n\n| Name | Age |\n| --- | --- |\n| Ada | 36 |\n\n# Notes\n\nRemember');
  expect(sections.map((section) => section.kind === 'heading' && section.title)).toEqual(['People', 'Notes']);
  expect(blocks.find(({ header }) => header)?.kind).toBe('table-row');
});

test('shared strings, truth values, errors and binary noise are shown as people see them', async () => {
  const cells =
    '<c r="A1" t="s"><v>0</v></c><c r="B1" t="b"><v>1</v></c><c r="C1" t="e"><v>#DIV/0!</v></c><c r="D1"><v>0.30000000000000004</v></c><c r="E1" t="str"><f>A1</f><v>result</v></c>';
  const bytes = xlsx(
    { S: `<row r="1">${cells}</row>` },
    { 'xl/sharedStrings.xml': '<sst><si><r><t>two </t></r><r><t>runs</t></r><rPh><t>reading</t></rPh></si></sst>' },
  );
  expect((await parseBytes(xlsxParser, bytes)).text).toContain('| two runs | TRUE | #DIV/0! | 0.3 | result |');
});

test('dates are ISO dates and no serial numbers', async () => {
  const styles =
    '<styleSheet><numFmts><numFmt numFmtId="164" formatCode="dd\\.mm\\.yyyy hh:mm"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/></cellXfs></styleSheet>';
  const cells = '<c r="A1" s="1"><v>45000</v></c><c r="B1" s="2"><v>45000.5</v></c><c r="C1" s="0"><v>45000</v></c>';
  const bytes = xlsx({ S: `<row r="1">${cells}</row>` }, { 'xl/styles.xml': styles });
  expect((await parseBytes(xlsxParser, bytes)).text).toContain('| 2023-03-15 | 2023-03-15T12:00:00 | 45000 |');
});

test.each([
  [1, false, '1900-01-01'],
  [59, false, '1900-02-28'],
  [61, false, '1900-03-01'],
  [0, true, '1904-01-01'],
  [0.75, false, '18:00:00'],
  [2_958_465, false, '9999-12-31'],
  [2_958_466, false, null],
  [-1, false, null],
])('serial %s (1904: %s) is %s', (serial, date1904, iso) => {
  expect(serialToIso(serial, date1904)).toBe(iso);
});

test.each([
  ['yyyy-mm-dd', true],
  ['[h]:mm', true],
  ['General', false],
  ['0.00', false],
  ['"day" 0', false],
  ['[Red]0', false],
  ['#,##0\\ \\d', false],
])('format %s shows a date: %s', (code, isDate) => {
  expect(isDateFormat(code)).toBe(isDate);
});

test('a sheet of the largest size with two cells costs two cells', async () => {
  const bytes = xlsx({
    S: `<row r="1">${inline('A1', 'near')}</row><row r="1048576">${inline('XFD1048576', 'far')}</row>`,
  });
  expect((await parseBytes(xlsxParser, bytes)).text).toBe('# S\n\nnear\n\nfar');
});

test('a caption over a table is no row, and a blank row begins a new table', async () => {
  const row = (number: number, ...texts: string[]) =>
    `<row r="${number}">${texts.map((text, column) => inline(`${'ABC'[column]}${number}`, text)).join('')}</row>`;
  const bytes = xlsx({ S: row(1, 'Caption') + row(2, 'a', 'b') + row(3, '1') + row(5, 'c', 'd') });
  expect((await parseBytes(xlsxParser, bytes)).text).toBe(
    '# S\n\nCaption\n\n| a | b |\n| --- | --- |\n| 1 |  |\n\n| c | d |\n| --- | --- |',
  );
});

test('an empty workbook and a binary one are refused', async () => {
  expect((await refusal(xlsxParser, xlsx({ S: '' }))).code).toBe('PARSE_NO_TEXT');
  expect((await refusal(xlsxParser, writeParts({ 'xl/workbook.bin': 'x' }))).code).toBe('PARSE_UNSUPPORTED');
});
