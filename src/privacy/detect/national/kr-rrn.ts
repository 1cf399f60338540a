import { isDay } from '../../checksums/calendar-day.ts';
import { anyOf } from '../../text/words-near.ts';
import type { NumberRule } from '../number-rule.ts';

/** Resident registration number: day of birth and one digit for century and sex. Those given since 2020 have no check digit. */
export const krRrn: NumberRule = {
  kind: 'national-id',
  rule: 'kr-rrn',
  lengths: [13],
  layouts: ['6 7'],
  inLayout: 0.8,
  inOnePiece: 0.2,
  words: anyOf('주민등록번호', '주민번호', 'resident registration', 'resident registration number', 'rrn'),
  isValid: (digits) => isDay(Number(digits.slice(2, 4)), Number(digits.slice(4, 6))) && /^.{6}[1-8]/.test(digits),
};
