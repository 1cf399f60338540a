import { expect, test } from 'vitest';
import { renderColumns } from '../../src/present/text/columns.ts';
import { cutStartToWidth, cutToWidth, displayWidth } from '../../src/present/text/display-width.ts';
import { escapeBlock, escapeLine } from '../../src/present/text/escape-terminal.ts';
import { locationOf } from '../../src/present/text/location.ts';
import { formatBytes, formatDuration, groupDigits } from '../../src/present/text/quantities.ts';
import { renderProgress } from '../../src/present/text/render-progress.ts';
import { flattenSnippet, renderSnippet } from '../../src/present/text/snippet.ts';
import { wrapLines } from '../../src/present/text/wrap-lines.ts';

/** A small seeded generator, so that a failure can be repeated. */
function* texts(count: number): Generator<string> {
  const alphabet = [...'ab  \n\t.é日本語한\u0301\u001b\u202e😀'];
  let state = 42;
  const next = (bound: number): number => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * bound);
  };
  for (let index = 0; index < count; index++) {
    yield Array.from({ length: next(60) }, () => alphabet[next(alphabet.length)]).join('');
  }
}

test('control characters, escape sequences and bidi overrides are written out', () => {
  expect(escapeLine('a\u001b[31mred\u0007\u202egpj.exe\u009b')).toBe('a\\x1b[31mred\\x07\\u202egpj.exe\\x9b');
  expect(escapeLine('two\nlines\t\r')).toBe('two\\nlines\\t\\r');
  expect(escapeBlock('two\nlines\tkept\r\u001b')).toBe('two\nlines\tkept\\x0d\\x1b'.replace('\\x0d', '\\r'));
});

test('what scripts need is left alone', () => {
  const text = 'हिन्दी ไทย עברית\u200f é ‍日本';
  expect(escapeLine(text)).toBe(text);
});

test('nothing hazardous is left of any text', () => {
  for (const text of texts(300))
    expect(escapeLine(text)).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/);
});

test('wide characters take two columns and marks none', () => {
  expect(displayWidth('日本')).toBe(4);
  expect(displayWidth('e\u0301')).toBe(1);
  expect(cutToWidth('日本語', 5)).toBe('日本…');
  expect(cutStartToWidth('folder/file.md', 8)).toBe('…file.md');
});

test('wrapped lines fit, lose only spaces and keep the order', () => {
  for (const width of [2, 7, 20]) {
    for (const raw of texts(300)) {
      const { text } = flattenSnippet({ text: raw, matches: [] });
      const lines = wrapLines(text, width);
      for (const line of lines) expect(displayWidth(text.slice(line.start, line.end))).toBeLessThanOrEqual(width);
      const kept = lines.map((line) => text.slice(line.start, line.end)).join('');
      expect(kept.replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
    }
  }
});

test('lines break at spaces', () => {
  const text = 'the quick brown fox jumps';
  expect(wrapLines(text, 10).map((line) => text.slice(line.start, line.end))).toEqual([
    'the quick',
    'brown fox',
    'jumps',
  ]);
});

test('matches stay on their words when white space is folded and lines are wrapped', () => {
  const snippet = { text: 'first\n\n  second word\u001b', matches: [{ start: 9, end: 15 }] };
  expect(renderSnippet(snippet, 80, (text) => `<${text}>`)).toEqual(['first <second> word\\x1b']);
  expect(renderSnippet(snippet, 9, (text) => `<${text}>`)).toEqual(['first', '<second>', 'word\\x1b']);
});

test.each([
  [{ uri: 'file:///work/notes/a%20b.md', page: null, lines: { start: 12, end: 14 } }, 'notes/a b.md:12'],
  [{ uri: 'file:///else/a.pdf', page: 3, lines: null }, '/else/a.pdf#page=3'],
  [{ uri: 'file:///workshop/a.docx', page: null, lines: null }, '/workshop/a.docx'],
  [{ uri: 'https://example.com/x', page: null, lines: { start: 1, end: 2 } }, 'https://example.com/x'],
  [{ uri: 'https://example.com/x.pdf', page: 2, lines: null }, 'https://example.com/x.pdf#page=2'],
  [{ uri: 'stdin:notes', page: null, lines: null }, 'stdin:notes'],
  [{ uri: 'file:///a%2Fb', page: null, lines: null }, 'file:///a%2Fb'],
])('a place opens: %j', (place, expected) => expect(locationOf(place, '/work')).toBe(expected));

test('quantities have units that people read', () => {
  expect([0, 999, 1000, 9949, 10_000, 12_345_678].map(formatBytes)).toEqual([
    '0 B',
    '999 B',
    '1.0 kB',
    '9.9 kB',
    '10 kB',
    '12 MB',
  ]);
  expect([5, 999.7, 3210, 59_990, 245_000, 7_800_000].map(formatDuration)).toEqual([
    '5 ms',
    '1.0 s',
    '3.2 s',
    '1 min 00 s',
    '4 min 05 s',
    '2 h 10 min',
  ]);
  expect([0, 999, 1000, 1_234_567].map(groupDigits)).toEqual(['0', '999', '1,000', '1,234,567']);
});

test('a table that is too wide cuts the start of its path', () => {
  const columns = [
    { title: 'path', shrinks: true },
    { title: 'size', align: 'right' as const },
  ];
  const rows = [
    ['a/very/long/path/to/file.md', '5'],
    ['b.md', '1,234'],
  ];
  expect(renderColumns(columns, rows, { width: 22, paintTitle: (text) => text })).toBe(
    ['path              size', '…ath/to/file.md      5', 'b.md             1,234', ''].join('\n'),
  );
});

test('progress shows count, rate, time left and a path that fits', () => {
  const progress = { done: 120, total: 4500, elapsedMs: 2667, path: 'handbook/policies/leave/parental.md' };
  expect(renderProgress(progress, 80)).toBe('120/4,500  45/s  1 min 37 s left  handbook/policies/leave/parental.md');
  expect(renderProgress(progress, 50)).toBe('120/4,500  45/s  1 min 37 s left  …ave/parental.md');
  expect(renderProgress({ ...progress, done: 1 }, 80)).not.toContain('left');
  expect(displayWidth(renderProgress(progress, 20))).toBeLessThanOrEqual(20);
});
