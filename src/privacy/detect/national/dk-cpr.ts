import { isDay } from '../../checksums/calendar-day.ts';
import { anyOf } from '../../text/words-near.ts';
import type { NumberRule } from '../number-rule.ts';

/** CPR number: day of birth and a serial, without a check digit since 2007. */
export const dkCpr: NumberRule = {
  kind: 'national-id',
  rule: 'dk-cpr',
  lengths: [10],
  layouts: ['6 4'],
  inLayout: 0.4,
  inOnePiece: 0.1,
  words: anyOf('cpr', 'cpr-nr', 'cpr-nummer', 'personnummer', 'cpr nummer', 'cpr number'),
  isValid: (digits) => isDay(Number(digits.slice(2, 4)), Number(digits.slice(0, 2))),
};
