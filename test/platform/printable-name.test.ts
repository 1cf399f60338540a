import { expect, test } from 'vitest';
import { printableName } from '../../src/platform/printable-name.ts';

test.each([
  ['plain name ü 日本 😀.md', 'plain name ü 日本 😀.md'],
  ['line\nbreak\r\ttab', 'line\\nbreak\\r\\ttab'],
  ['\u001b[31mred', '\\u{1b}[31mred'],
  ['\u009b31m', '\\u{9b}31m'],
  ['gpj.\u202etxt', 'gpj.\\u{202e}txt'],
  ['zero\u200bwidth\ufeff', 'zero\\u{200b}width\\u{feff}'],
  ['lone\ud800 and \udc00', 'lone\\u{d800} and \\u{dc00}'],
])('%j is shown as %s', (name, shown) => {
  expect(printableName(name)).toBe(shown);
});
