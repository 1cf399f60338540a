import { describe, expect, test } from 'vitest';
import { withoutMarkup } from '../../src/domain/without-markup.ts';

describe('marks go, words stay', () => {
  test.each([
    ['see [performance and pay](../people/pay.md).', 'see performance and pay.'],
    ['see [A](https://en.wikipedia.org/wiki/A_(b)) and [B](b.md "the title")', 'see A and B'],
    ['![a heron](heron.png)', 'a heron'],
    ['[the policy][hr-31] and [[glossary]] and [[glossary|words]]', 'the policy and glossary and words'],
    ['<https://example.com/a_b>', 'https://example.com/a_b'],
    ['parents-in-law[^1].', 'parents-in-law.'],
    ['[^1]: Group policy GX-55810', 'Group policy GX-55810'],
    [
      '**PIR** (Post-Incident Review) is ***loud*** and *soft* and _softer_ and __very loud__',
      'PIR (Post-Incident Review) is loud and soft and softer and very loud',
    ],
    ['日本**語**です', '日本語です'],
    ['`__init__` and ``a`` and [`foo_bar()`](x.md)', '__init__ and a and foo_bar()'],
    ['`**no emphasis**`', '**no emphasis**'],
    ['1\\. not a list, 2 \\* 3, a\\_b', '1. not a list, 2 * 3, a_b'],
  ])('%j reads %j', (text, expected) => expect(withoutMarkup(text)).toBe(expected));
});

test.each([
  '2 * 3 * 4',
  'a*b*c',
  'snake_case_name',
  '__init__',
  'list[0][1]',
  '[x] done',
  'C:\\dir',
  '`open',
  '',
  'x < y > z',
])('%j only looks like a mark and stays', (text) => expect(withoutMarkup(text)).toBe(text));

test.each(['[', '*', '`', '_a', '![a](', '*a ', '**a ', '<http://', '`a', '[a](b ', '\\'])(
  'a text of nothing but %j is read in time that grows with its length',
  (piece) => {
    const started = performance.now();
    withoutMarkup(piece.repeat(50_000));
    expect(performance.now() - started).toBeLessThan(2_000);
  },
);
