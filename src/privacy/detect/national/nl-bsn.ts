import { isOneDigit, weightedSum } from '../../checksums/weighted-sum.ts';
import { anyOf } from '../../text/words-near.ts';
import type { NumberRule } from '../number-rule.ts';

/** Burgerservicenummer. */
export const nlBsn: NumberRule = {
  kind: 'national-id',
  rule: 'nl-bsn',
  lengths: [9],
  layouts: ['4 2 3', '3 3 3', '4 3 2', '2 3 4'],
  inLayout: 0.35,
  inOnePiece: 0.1,
  words: anyOf('bsn', 'burgerservicenummer', 'sofinummer', 'sofi-nummer', 'citizen service number'),
  isValid: (digits) => !isOneDigit(digits) && weightedSum(digits, [9, 8, 7, 6, 5, 4, 3, 2, -1]) % 11 === 0,
};
