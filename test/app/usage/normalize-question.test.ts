import { expect, test } from 'vitest';
import { cutQuestion, normalizeQuestion } from '../../../src/app/usage/normalize-question.ts';

test('case, spaces, composed letters and marks at the end make no difference', () => {
  for (const typed of ['Who is it?', ' who  is\nit', 'WHO IS IT ?!', 'who is it…']) {
    expect(normalizeQuestion(typed)).toBe('who is it');
  }
  expect(normalizeQuestion('Cafe\u0301')).toBe(normalizeQuestion('café'));
  expect(normalizeQuestion('C++')).not.toBe(normalizeQuestion('C'));
});

test('a pasted page is cut, never within a character', () => {
  expect(cutQuestion('x'.repeat(9000))).toHaveLength(500);
  expect(cutQuestion(`${'x'.repeat(499)}😀`)).toBe('x'.repeat(499));
});
