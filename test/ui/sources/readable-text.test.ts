import { expect, test } from 'vitest';
import { readableText } from '../../../src/ui/sources/readable-text.ts';

test('lines are broken between words, and the place is that of the line as it stands then', () =>
  expect(readableText('one two three\nfour\n', { line: 2, columns: 8 })).toEqual({
    text: 'one two\nthree\nfour\n',
    line: 3,
  }));

test('the blanks at the start of a line stay', () =>
  expect(readableText('  a\tb\n    c', { line: null, columns: 40 }).text).toBe('  a\tb\n    c\n'));

test('nothing in it is obeyed by the terminal', () =>
  expect(readableText('a\u001b[2J \u009b1m\r', { line: 1, columns: 40 }).text).toBe('a\\x1b[2J \\x9b1m\n'));
