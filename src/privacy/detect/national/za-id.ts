import { isDay } from '../../checksums/calendar-day.ts';
import { isLuhn } from '../../checksums/luhn.ts';
import { anyOf } from '../../text/words-near.ts';
import type { NumberRule } from '../number-rule.ts';

/** Identity number of South Africa: day of birth, sex and serial, citizenship, check digit. */
export const zaId: NumberRule = {
  kind: 'national-id',
  rule: 'za-id',
  lengths: [13],
  layouts: ['6 4 3', '6 4 2 1'],
  inLayout: 0.75,
  inOnePiece: 0.55,
  words: anyOf('id number', 'identity number', 'sa id', 'south african id', 'id no', 'identiteitsnommer'),
  isValid: (digits) =>
    isDay(Number(digits.slice(2, 4)), Number(digits.slice(4, 6))) && /^.{10}[01]/.test(digits) && isLuhn(digits),
};
