import { expect, test } from 'vitest';
import { readTesseractTable } from '../../../../src/app/ingest/programs/read-tesseract-table.ts';

const HEADER = 'level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext';
const word = (place: string, confidence: number, text: string) =>
  `5\t${place.split('.').join('\t')}\t0\t0\t9\t9\t${confidence}\t${text}`;

test('words become lines, paragraphs and pages', () => {
  const table = [
    HEADER,
    '1\t1\t0\t0\t0\t0\t0\t0\t99\t99\t-1\t',
    word('1.1.1.1.1', 90, 'The'),
    word('1.1.1.1.2', 80, 'pump'),
    word('1.1.1.2.1', 70, 'is'),
    word('1.2.1.1.1', 100, 'Green'),
    word('2.1.1.1.1', 40, 'Second'),
  ].join('\n');
  expect(readTesseractTable(table)).toEqual([
    { page: 1, text: 'The pump\nis\n\nGreen', confidence: 85 },
    { page: 2, text: 'Second', confidence: 40 },
  ]);
});

test('a word that was cut at the end of a line is put together', () => {
  const table = [word('1.1.1.1.1', 90, 'cen-'), word('1.1.1.2.1', 90, 'trifugal'), word('1.1.1.2.2', 90, 'pump')].join(
    '\n',
  );
  expect(readTesseractTable(table)[0]?.text).toBe('centrifugal\npump');
});

test('nothing comes of nothing, and of what is no table', () => {
  expect(readTesseractTable('')).toEqual([]);
  expect(readTesseractTable(`${HEADER}\n\0\0x\t\n5\t1`)).toEqual([]);
});
