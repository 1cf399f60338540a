import { expect, test } from 'vitest';
import { shareKept, sketchOf } from '../../../src/app/usage/sketch.ts';

const text = Array.from({ length: 200 }, (_, i) => `word${(i * 7919) % 1009}`).join(' ');

test('a text keeps all of itself, and another nothing', () => {
  expect(shareKept(sketchOf(text), text)).toBe(1);
  expect(shareKept(sketchOf(text), `Before. ${text.toUpperCase()} After.`)).toBe(1);
  expect(shareKept(sketchOf(text), 'something else altogether')).toBe(0);
});

test('of a text whose first half was rewritten about half is kept', () => {
  const words = text.split(' ');
  const edited = ['entirely', 'new', 'beginning', ...words.slice(100)].join(' ');
  expect(shareKept(sketchOf(text), edited)).toBeGreaterThan(0.3);
  expect(shareKept(sketchOf(text), edited)).toBeLessThan(0.7);
});

test('short texts, texts without spaces and no text at all', () => {
  expect(shareKept(sketchOf('two words'), 'Two words!')).toBe(1);
  expect(shareKept(sketchOf('公司的病假规定如下'), '按照公司的病假规定如下执行')).toBe(1);
  expect(sketchOf('').length).toBe(0);
  expect(shareKept(sketchOf(''), 'anything')).toBe(0);
  expect(sketchOf(text).length).toBe(256);
});
