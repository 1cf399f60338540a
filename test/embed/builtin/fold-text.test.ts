import { expect, test } from 'vitest';
import { createTextFolder, SEPARATOR } from '../../../src/embed/builtin/fold-text.ts';

/** What the model was trained on, said with whole-text normalisation. */
const reference = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, ' ');

const folder = createTextFolder();

function folded(text: string): string {
  const { units, length } = folder.fold(text);
  let result = '';
  for (let index = 0; index < length; index++) {
    result += units[index] === SEPARATOR ? ' ' : String.fromCharCode(units[index]!);
  }
  return result;
}

test('every character of Unicode folds as whole-text normalisation folds it', () => {
  const different: string[] = [];
  for (let code = 0; code <= 0x10ffff; code++) {
    if (code >= 0xd800 && code <= 0xdfff) continue;
    const text = `a${String.fromCodePoint(code)}b`;
    if (folded(text) !== reference(text)) different.push(`U+${code.toString(16)}`);
  }
  expect(different).toEqual([]);
});

test.each(['ΟΔΟΣ και Σ', 'e\u0301\u0323 \u0323\u0301', 'İstanbul', '\ud800 lone \udc00', 'ﬁ ½ ㎏', ''])(
  '"%s" folds as a whole',
  (text) => {
    expect(folded(text)).toBe(reference(text));
  },
);

test('long text and text that grows when folded are kept whole', () => {
  expect(folded('ﷺ'.repeat(5000))).toBe(reference('ﷺ'.repeat(5000)));
});
