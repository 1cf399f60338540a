import { expect, test } from 'vitest';
import { plainTextParser } from '../../src/parse/plain-text.ts';
import { withoutEscapes } from '../../src/parse/without-escapes.ts';
import { parseBytes } from './parse-bytes.ts';

const ESC = '\u001b';
const check = (text: string, expected: string) => expect(withoutEscapes(text)).toBe(expected);

test.each([
  ['colours, also within a word', `${ESC}[1;31merr${ESC}[0mor${ESC}[38;5;12m:${ESC}[m disk`, 'error: disk'],
  ['colons and private parameters', `${ESC}[38:2::255:0:0mred${ESC}[?25l`, 'red'],
  ['the one character of C1', '\u009b31mred', 'red'],
  ['the title of a window', `${ESC}]0;my window\u0007text`, 'text'],
  ['a link, whose wording stays', `${ESC}]8;;https://example.com/a${ESC}\\the page${ESC}]8;;${ESC}\\.`, 'the page.'],
  ['character sets and resets', `${ESC}(Bplain${ESC}c${ESC}=`, 'plain'],
  ['device controls', `${ESC}P1$r0m${ESC}\\text`, 'text'],
  ['overstriking', 'N\bNA\bAM\bME\bE and _\bw_\bo_\br_\bd', 'NAME and word'],
  ['none', 'a [31m b ]0; c', 'a [31m b ]0; c'],
])('%s', (_, text, expected) => check(text, expected));

test('of what never ends only the start is taken, and the lines stay', () => {
  check(`${ESC}]0;no end\nnext line\n${ESC}`, '0;no end\nnext line\n');
  check(`${ESC}[31`, '31');
});

test('hostile text is read as well', () => {
  expect(withoutEscapes(`${ESC}]`.repeat(200_000))).toBe(withoutEscapes(`${ESC}]`).repeat(200_000));
  expect(withoutEscapes(`${ESC}[${'1;'.repeat(500_000)}`)).toHaveLength(1_000_000);
  expect(withoutEscapes('a\b'.repeat(500_000)).length).toBeLessThanOrEqual(1_000_000);
});

test('a log in colour is read as its words, line by line', async () => {
  const { text } = await parseBytes(
    plainTextParser,
    `${ESC}[32mINFO${ESC}[0m pump\n${ESC}[31mERR${ESC}[1mOR${ESC}[0m valve\n`,
  );
  expect(text.trimEnd()).toBe('INFO pump\nERROR valve');
});
