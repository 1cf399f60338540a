import { digitAt, weightedSum } from '../../checksums/weighted-sum.ts';
import { anyOf } from '../../text/words-near.ts';
import type { NumberRule } from '../number-rule.ts';

/** Number of a Medicare card of Australia, with or without the line on it. */
export const auMedicare: NumberRule = {
  kind: 'national-id',
  rule: 'au-medicare',
  lengths: [10, 11],
  layouts: ['4 5 1', '4 5 1 1'],
  inLayout: 0.75,
  inOnePiece: 0.1,
  words: anyOf('medicare', 'medicare card', 'medicare number'),
  isValid: (digits) =>
    /^[2-6]/.test(digits) && weightedSum(digits, [1, 3, 7, 9, 1, 3, 7, 9]) % 10 === digitAt(digits, 8),
};
