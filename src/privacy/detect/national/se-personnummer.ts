import { isDay } from '../../checksums/calendar-day.ts';
import { isLuhn } from '../../checksums/luhn.ts';
import { anyOf } from '../../text/words-near.ts';
import type { NumberRule } from '../number-rule.ts';

/** Personnummer: day of birth, with or without its century; the day is 60 higher in a samordningsnummer. */
export const sePersonnummer: NumberRule = {
  kind: 'national-id',
  rule: 'se-personnummer',
  lengths: [10, 12],
  layouts: ['6 4', '8 4'],
  inLayout: 0.8,
  inOnePiece: 0.3,
  words: anyOf(
    'personnummer',
    'pnr',
    'person nr',
    'personnr',
    'samordningsnummer',
    'personal identity number',
    'personal number',
  ),
  isValid: (digits) => {
    const short = digits.slice(-10);
    if (digits.length === 12 && !/^(?:18|19|20)/.test(digits)) return false;
    return isDay(Number(short.slice(2, 4)), Number(short.slice(4, 6)) % 60) && isLuhn(short);
  },
};
