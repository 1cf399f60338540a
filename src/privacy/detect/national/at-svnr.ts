import { isDay } from '../../checksums/calendar-day.ts';
import { digitAt, weightedSum } from '../../checksums/weighted-sum.ts';
import { anyOf } from '../../text/words-near.ts';
import type { NumberRule } from '../number-rule.ts';

/** Sozialversicherungsnummer: a serial, its check digit, and the day of birth. */
export const atSvnr: NumberRule = {
  kind: 'national-id',
  rule: 'at-svnr',
  lengths: [10],
  layouts: ['4 6', '4 2 2 2', '3 1 6'],
  inLayout: 0.7,
  inOnePiece: 0.3,
  words: anyOf('svnr', 'sv-nummer', 'sv-nr', 'sozialversicherungsnummer', 'versicherungsnummer', 'sozialversicherung'),
  isValid: (digits) =>
    digits[0] !== '0' &&
    (isDay(Number(digits.slice(6, 8)), Number(digits.slice(4, 6))) || /^(?:13|14|15)$/.test(digits.slice(6, 8))) &&
    weightedSum(digits, [3, 7, 9, 0, 5, 8, 4, 2, 1, 6]) % 11 === digitAt(digits, 3),
};
