import { isDay } from '../../checksums/calendar-day.ts';
import { weightedSum } from '../../checksums/weighted-sum.ts';
import { anyOf } from '../../text/words-near.ts';
import type { NumberRule } from '../number-rule.ts';

/** Fødselsnummer; the first digit is 4 higher in a D-nummer. */
export const noFnr: NumberRule = {
  kind: 'national-id',
  rule: 'no-fnr',
  lengths: [11],
  layouts: ['6 5'],
  inLayout: 0.75,
  inOnePiece: 0.5,
  words: anyOf('fødselsnummer', 'fodselsnummer', 'fnr', 'personnummer', 'd-nummer', 'national identity number'),
  isValid: (digits) =>
    isDay(Number(digits.slice(2, 4)), Number(digits.slice(0, 2)) % 40) &&
    weightedSum(digits, [3, 7, 6, 1, 8, 9, 4, 5, 2, 1]) % 11 === 0 &&
    weightedSum(digits, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]) % 11 === 0,
};
