import { isDay } from '../../checksums/calendar-day.ts';
import { weightedSum } from '../../checksums/weighted-sum.ts';
import { anyOf } from '../../text/words-near.ts';
import type { NumberRule } from '../number-rule.ts';

/** PESEL: a day of birth, whose month tells the century, and a check digit. */
export const plPesel: NumberRule = {
  kind: 'national-id',
  rule: 'pl-pesel',
  lengths: [11],
  layouts: ['6 5'],
  inLayout: 0.6,
  inOnePiece: 0.55,
  words: anyOf('pesel', 'numer pesel', 'nr pesel', 'pesel number'),
  isValid: (digits) =>
    isDay(Number(digits.slice(2, 4)) % 20, Number(digits.slice(4, 6))) &&
    weightedSum(digits, [1, 3, 7, 9, 1, 3, 7, 9, 1, 3, 1]) % 10 === 0,
};
