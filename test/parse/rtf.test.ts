import { expect, test } from 'vitest';
import { rtfParser } from '../../src/parse/rtf.ts';
import { parseBytes, refusal } from './parse-bytes.ts';

const check = async (body: string, expected: string) =>
  expect((await parseBytes(rtfParser, `{\\rtf1\\ansi\\ansicpg1252 ${body}}`)).text).toBe(expected);

test('paragraphs, line breaks and symbols', () =>
  check('one\\par two\\line three\\par \\ldblquote q\\rdblquote\\emdash', 'one\n\ntwo\nthree\n\n“q”—'));
test('bytes are read in the code page of their font', () =>
  check(
    "{\\fonttbl{\\f0\\fcharset0 A;}{\\f1\\fcharset204 B;}{\\f2\\fcharset128 C;}}\\f0 \\'fc \\f1 \\'cf\\'f0 \\f2 \\'93\\'fa\\'96\\'7b",
    'ü Пр 日本',
  ));
test('Unicode escapes replace their fallback', () =>
  check("\\uc1\\u8364? \\uc2\\u26085\\'93\\'fa \\u-3913??", '€ 日 \uf0b7'));
test('hidden text, pictures, field codes and unknown destinations are left out', () =>
  check(
    'seen{\\v hidden}{\\pict 0123}{\\field{\\*\\fldinst HYPERLINK x}{\\fldrslt link}}{\\*\\unknown gone}\\v no\\v0  end',
    'seenlink end',
  ));
test('binary data is skipped by its length', () => check('a{\\pict\\bin5 {{{}}}b', 'ab'));
test('headings follow the outline level or the style', () =>
  check(
    '{\\stylesheet{\\s1 heading 1;}{\\s2\\outlinelevel1 Own;}}\\pard\\s1 Top\\par\\pard\\s2 Sub\\par\\pard body',
    '# Top\n\n## Sub\n\nbody',
  ));
test('table rows', () =>
  check(
    '\\trowd\\intbl a\\cell b\\cell\\row\\trowd\\intbl 1\\cell 2\\cell\\row\\pard after',
    '| a | b |\n| --- | --- |\n| 1 | 2 |\n\nafter',
  ));
test('list labels', () =>
  check('{\\listtext 1.\\tab}first\\par{\\listtext 2.\\tab}second\\par', '1. first\n2. second'));
test('footnotes follow the text', () => check('claim{\\footnote proof} on', 'claim[^1] on\n\n[^1]: proof'));
test('groups nested 100,000 deep cost no stack', () =>
  check(`${'{'.repeat(100_000)}deep${'}'.repeat(100_000)}`, 'deep'));
test('title, author and date come from the information group', async () => {
  const { title, metadata, modifiedAt } = await parseBytes(
    rtfParser,
    '{\\rtf1{\\info{\\title T}{\\author A}{\\revtim\\yr2024\\mo2\\dy3\\hr4\\min5}}text}',
  );
  expect([title, metadata.author, modifiedAt]).toEqual(['T', 'A', '2024-02-03T04:05:00.000Z']);
});
test('what is no RTF or has no text is refused', async () => {
  expect((await refusal(rtfParser, 'plain')).code).toBe('PARSE_FAILED');
  expect((await refusal(rtfParser, '{\\rtf1 }')).code).toBe('PARSE_NO_TEXT');
});
