import { expect, test } from 'vitest';
import { createRandom } from '../../src/evaluate/random.ts';
import { readJsonReply, readVerdict } from '../../src/evaluate/read-json-reply.ts';

test.each([
  ['{"a": 1}', { a: 1 }],
  ['Here it is:\n```json\n{"a": [true, false]}\n```\nDone.', { a: [true, false] }],
  ['{"a": "a } in a string, and \\" a quote"} and more {', { a: 'a } in a string, and " a quote' }],
  ['In {braces} first. {"a": 1, "b": [1, 2,],}', { a: 1, b: [1, 2] }],
  ['[1, 2]', null],
  ['{"a": ', null],
  ['', null],
])('%j holds %j', (reply, expected) => {
  expect(readJsonReply(reply)).toEqual(expected);
});

test('no text makes it throw or take long', () => {
  const random = createRandom(7);
  const pieces = ['{', '}', '"', '\\', '[', ']', ',', ':', 'true', '1', ' ', 'a', '\n', '```'];
  for (let i = 0; i < 300; i++) {
    const text = Array.from({ length: 60 }, () => pieces[Math.floor(random() * pieces.length)]).join('');
    const value = readJsonReply(text);
    expect(value === null || typeof value === 'object').toBe(true);
  }
  expect(readJsonReply('{'.repeat(100_000))).toBeNull();
});

test.each([
  [true, true],
  ['Yes', true],
  [0, false],
  ['no', false],
  ['perhaps', null],
  [null, null],
])('the verdict %j is %j', (value, expected) => {
  expect(readVerdict(value)).toBe(expected);
});
