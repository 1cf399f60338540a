import { expect, test } from 'vitest';
import { parseCitations } from '../../src/answer/parse-citations.ts';

test.each<[string, number[][]]>([
  ['A [1]. B [2][3].', [[1], [2], [3]]],
  ['A [1, 2; 4].', [[1, 2, 4]]],
  [
    'A [1-3] [5–6].',
    [
      [1, 2, 3],
      [5, 6],
    ],
  ],
  ['結論【1】と【２、３】。', [[1], [2, 3]]],
  ['See [passage 2] and [Source: 4] and [1 and 3].', [[2], [4], [1, 3]]],
  ['OpenAI 【4†lines 1-9】 style.', [[4]]],
  ['A link [1](http://example.org) is none.', []],
  ['Code `a[1]` and\n```\nb[2]\n```\nare none.', []],
  ['Neither [x], [], [ ], nor [1234].', []],
  ['A wide range [1-300] is its ends.', [[1, 300]]],
  ['A backward range [5-2] is its start.', [[5]]],
])('%s', (answer, markers) => expect(parseCitations(answer).map((mark) => mark.markers)).toEqual(markers));

test('spans are those of the brackets', () => {
  const answer = '👩‍🚀 flies [1, 2] high';
  const [mark] = parseCitations(answer);
  expect(answer.slice(mark!.span.start, mark!.span.end)).toBe('[1, 2]');
});

test('a hundred thousand brackets are read in bounded time', () => {
  const started = performance.now();
  for (const piece of ['[', '[1', '[1,', '[1, 2] ', '【', '`', '[ ']) parseCitations(piece.repeat(50_000));
  expect(performance.now() - started).toBeLessThan(5_000);
});
