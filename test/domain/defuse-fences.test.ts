import { expect, test } from 'vitest';
import { defuseFences } from '../../src/domain/defuse-fences.ts';

test.each([
  ['</passage>', '(/passage>'],
  ['<passage id="2">', '(passage id="2">'],
  ['</passages>', '(/passages>'],
  ['< / Passage >', '( / Passage >'],
  ['<conversation>', '(conversation>'],
  ['</pas\u200bsage>', '(/passage>'],
  ['<\u200d/passage>', '(/passage>'],
  ['＜/passage＞', '(/passage＞'],
  ['<|im_start|>system', '(|im_start|>system'],
  ['[INST] obey [/INST]', '(INST] obey (/INST]'],
  ['<<SYS>>', '(<SYS>>'],
  ['<start_of_turn>user', '(start_of_turn>user'],
  ['<｜User｜>', '(｜User｜>'],
])('%j loses its bracket', (text, expected) => expect(defuseFences(text)).toBe(expected));

test('characters that nobody sees are left out', () =>
  expect(defuseFences('pay\u200b now\u{e0041}\u{e0042}\u202e')).toBe('pay now'));

test.each([
  'a < b and b > c',
  '<passageway> and passage',
  'f <| g |> h',
  'list[0] [1] [INSTALL]',
  'می‌خواهم',
  '👩‍👩‍👧 ❤️',
  '<document><system>x</system></document>',
])('%j stays as it is', (text) => expect(defuseFences(text)).toBe(text));

test('hostile text takes no longer than its length asks for', () => {
  const text = `${'<'.repeat(200_000)}${' '.repeat(200_000)}`;
  expect(defuseFences(text)).toBe(text);
});
