import { expect, test } from 'vitest';
import { findPii } from '../../src/privacy/find-pii.ts';
import { randomFrom } from '../bench/shared/random.ts';

const random = randomFrom(7);
const digits = (length: number) =>
  String(Math.floor(random() * 9) + 1) + Array.from({ length: length - 1 }, () => Math.floor(random() * 10)).join('');

/** Born on days of 1990, with the check digit of PESEL. */
function pesel(at: number): string {
  const first = `90${String((at % 12) + 1).padStart(2, '0')}${String((at % 28) + 1).padStart(2, '0')}${String(1000 + at)}`;
  const sum = [1, 3, 7, 9, 1, 3, 7, 9, 1, 3].reduce((total, weight, place) => total + weight * Number(first[place]), 0);
  return `${first}${(10 - (sum % 10)) % 10}`;
}

const nationalIds = (text: string) => findPii(text).filter(({ kind }) => kind === 'national-id');

test('of a table of order numbers, those that pass a check by chance are none of people', () => {
  const rows = Array.from({ length: 400 }, (_, at) => `${at},${digits(11)},${digits(9)},shipped`);
  expect(nationalIds(`row,order,batch,state\n${rows.join('\n')}\n`)).toEqual([]);
});

test('a column of numbers of people is found, all of it', () => {
  const rows = Array.from({ length: 60 }, (_, at) => `row ${at},${pesel(at)},paid`);
  expect(nationalIds(rows.join('\n'))).toHaveLength(60);
});

test('one that a word names is found among other numbers', () => {
  const rows = Array.from({ length: 100 }, (_, at) => `${at},${digits(11)},shipped`);
  expect(nationalIds(`${rows.join('\n')}\n\n\nHer PESEL is ${pesel(5)}.\n`).map(({ value }) => value)).toEqual([
    pesel(5),
  ]);
});

test('one in a text of words is found by its check alone', () => {
  expect(nationalIds(`Anna wrote ${pesel(3)} on the form.`)).toHaveLength(1);
});
