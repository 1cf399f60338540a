import { expect, test } from 'vitest';
import { lineCounter } from '../../src/app/ingest/line-counter.ts';

const lineOf = (text: string, offset: number): number => text.slice(0, offset).split('\n').length;

test.each(['', 'one line', '\n', '\n\n\n', 'a\nbb\n\nccc\n', 'no end\nof line'])(
  'the line of every offset of %j is one more than the line ends before it',
  (text) => {
    const lineAt = lineCounter(text, 1);
    for (let offset = 0; offset <= text.length; offset++) expect(lineAt(offset)).toBe(lineOf(text, offset));
  },
);

test('lines are counted from the first that is given', () => {
  const lineAt = lineCounter('a\nb\nc', 7);
  expect([0, 1, 2, 3, 4].map(lineAt)).toEqual([7, 7, 8, 8, 9]);
});

test('offsets may go back', () => {
  const text = 'a\nbb\n\nccc\n';
  const lineAt = lineCounter(text, 1);
  for (const offset of [9, 0, 4, 3, 10, 2, 6, 5]) expect(lineAt(offset)).toBe(lineOf(text, offset));
});

test('thousands of offsets in one long line cost one pass over it', () => {
  const text = 'x'.repeat(30_000_000);
  const lineAt = lineCounter(text, 1);
  const started = performance.now();
  for (let offset = 0; offset < text.length; offset += 2000) expect(lineAt(offset)).toBe(1);
  expect(performance.now() - started).toBeLessThan(2000);
});
