import { digitAt, isOneDigit, weightedSum } from '../../checksums/weighted-sum.ts';
import { anyOf } from '../../text/words-near.ts';
import type { NumberRule } from '../number-rule.ts';

/** NHS number. */
export const gbNhs: NumberRule = {
  kind: 'national-id',
  rule: 'gb-nhs',
  lengths: [10],
  layouts: ['3 3 4'],
  inLayout: 0.3,
  inOnePiece: 0.1,
  words: anyOf('nhs', 'nhs no', 'nhs number', 'patient number'),
  isValid: (digits) => {
    const check = 11 - (weightedSum(digits, [10, 9, 8, 7, 6, 5, 4, 3, 2]) % 11);
    return !isOneDigit(digits) && check % 11 === digitAt(digits, 9) && check !== 10;
  },
};
