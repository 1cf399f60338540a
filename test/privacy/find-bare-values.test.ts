import { expect, test } from 'vitest';
import { findBareValues } from '../../src/privacy/find-bare-values.ts';

const valuesOf = (text: string): string[] => findBareValues(text).map(({ start, end }) => text.slice(start, end));

test('numbers of six digits and more are values, however they are divided', () => {
  expect(valuesOf('who has 536904399?')).toEqual(['536904399']);
  expect(valuesOf('who has 536-90-4399 or (020) 7881 6893')).toEqual(['536-90-4399', '020) 7881 6893']);
  expect(valuesOf('who has ５３６９０４３９９')).toEqual(['５３６９０４３９９']);
});

test('letters at the ends of a number are part of it', () => {
  expect(valuesOf('is X1234567L hers')).toEqual(['X1234567L']);
});

test('long words of letters and digits in turns are values, names with a number are not', () => {
  expect(valuesOf('the key pC0xH-chf02')).toEqual(['pC0xH-chf02']);
  expect(valuesOf('q3-2025-report python3.11 ES2022 quarterly-report-2024')).toEqual([]);
});

test('days and years are no values', () => {
  expect(valuesOf('from 2023 2024 until 2024-05-01 or 1.5.2024 or 31/12/2025')).toEqual([]);
  expect(valuesOf('2024-05-01 536904399')).toEqual(['2024-05-01 536904399']);
});

test('short numbers are no values', () => {
  expect(valuesOf('page 12345 of 3.14')).toEqual([]);
});
