import { isOneDigit, weightedSum } from '../../checksums/weighted-sum.ts';
import { anyOf } from '../../text/words-near.ts';
import type { NumberRule } from '../number-rule.ts';

/** Tax file number of Australia. */
export const auTfn: NumberRule = {
  kind: 'national-id',
  rule: 'au-tfn',
  lengths: [9],
  layouts: ['3 3 3'],
  inLayout: 0.55,
  inOnePiece: 0.1,
  words: anyOf('tfn', 'tax file', 'tax file number'),
  isValid: (digits) => !isOneDigit(digits) && weightedSum(digits, [1, 4, 3, 7, 5, 8, 6, 9, 10]) % 11 === 0,
};
