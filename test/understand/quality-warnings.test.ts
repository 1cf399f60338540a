import { describe, expect, test } from 'vitest';
import { qualityWarnings } from '../../src/understand/quality-warnings.ts';

const codesOf = (text: string, given: Partial<Parameters<typeof qualityWarnings>[0]> = {}) =>
  qualityWarnings({ text, type: 'txt', bytes: text.length, firstLine: 1, parserWarnings: [], ...given }).map(
    ({ code }) => code,
  );

const PROSE =
  'The leave policy applies to all of us. Ask your manager — she knows; “naïve” questions are welcome, as are Ärger und Größe.\n';

describe('qualityWarnings', () => {
  test('an ordinary text gets none, in any script', () => {
    expect(codesOf(PROSE.repeat(5))).toEqual([]);
    expect(codesOf('休暇の規定は、すべての従業員に適用されます。')).toEqual([]);
    expect(codesOf('À Â É: ces lettres sont du français, où « Ça » aussi.')).toEqual([]);
    expect(codesOf('ok')).toEqual([]);
  });
  test('a file of some size with hardly a word is nearly empty', () => {
    expect(codesOf('— * —')).toEqual(['nearly-empty']);
    expect(codesOf('Page 1', { bytes: 80_000, type: 'pdf', firstLine: null })).toEqual(['nearly-empty']);
  });
  test('characters that no text has are told', () => {
    expect(codesOf(`${'\ufffd\ue001'.repeat(20)}${PROSE}`)).toEqual(['garbled']);
  });
  test('UTF-8 that was read as Windows-1252 is told from accents that are right', () => {
    const broken = Buffer.from('Größe, Änderung, für, möglich, naïve, Straße. ', 'utf8').toString('latin1');
    expect(codesOf(broken.repeat(3))).toEqual(['mojibake']);
    expect(codesOf(`${broken}${'Größe, für, möglich. '.repeat(4)}`)).toEqual(['mixed-encodings']);
  });
  test('a line that no one can read is told, where lines are those of the file', () => {
    const long = 'word '.repeat(5000);
    expect(codesOf(long)).toEqual(['long-lines']);
    expect(codesOf(long, { firstLine: null })).toEqual([]);
  });
  test('the same line again and again is told, but not in tables', () => {
    const same = 'confidential draft\n'.repeat(60);
    expect(codesOf(same)).toEqual(['repetitive']);
    expect(codesOf(same, { type: 'csv' })).toEqual([]);
  });
  test('a page that stands in for another is boilerplate', () => {
    expect(codesOf('Please enable JavaScript to view this page.', { type: 'html' })).toEqual(['boilerplate']);
    expect(codesOf('Please enable JavaScript to view this page.', { type: 'md' })).toEqual([]);
  });
  test('what a parser said is kept under what it means', () => {
    const parserWarnings = [
      'Only the first 50 of 90 pages were read (limit 50).',
      'No text on 3 of 4 pages (1, 2, 3): blank, or scanned and in need of OCR.',
      'Sheet "x" is missing from the archive.',
    ];
    expect(codesOf(PROSE, { parserWarnings })).toEqual(['truncated', 'scanned', 'parser']);
  });
});
