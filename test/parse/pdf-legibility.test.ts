import { expect, test } from 'vitest';
import { illegibleShare, readsLikeCipher } from '../../src/parse/pdf/legibility.ts';

const english = 'This text is about the tides of the sea and how the moon pulls at the water of every coast. '.repeat(
  4,
);
const shifted = [...english].map((letter) => String.fromCharCode(letter.charCodeAt(0) - 29)).join('');

test('private use, control and replacement characters count as illegible, scripts of the world do not', () => {
  expect(illegibleShare('abc')).toBe(0);
  expect(illegibleShare('日本語 ไทย हिन्दी العربية 🙂')).toBe(0);
  expect(illegibleShare('ab\ue000\ufffd')).toBe(0.5);
  expect(illegibleShare('  ')).toBe(0);
});

test('letters shifted by a glyph number read like a cipher, languages do not', () => {
  expect(readsLikeCipher(shifted)).toBe(true);
  expect(readsLikeCipher(english)).toBe(false);
  expect(readsLikeCipher('Příliš žluťoučký kůň úpěl ďábelské ódy. '.repeat(5))).toBe(false);
  expect(readsLikeCipher('xkcd')).toBe(false);
});
