import { digitAt, weightedSum } from '../../checksums/weighted-sum.ts';
import { anyOf } from '../../text/words-near.ts';
import type { NumberRule } from '../number-rule.ts';

/** CUIT and CUIL. */
export const arCuit: NumberRule = {
  kind: 'national-id',
  rule: 'ar-cuit',
  lengths: [11],
  layouts: ['2 8 1'],
  inLayout: 0.85,
  inOnePiece: 0.35,
  words: anyOf('cuit', 'cuil'),
  isValid: (digits) => {
    const check = 11 - (weightedSum(digits, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11);
    return /^(?:20|23|24|27|30|33|34)/.test(digits) && check % 11 === digitAt(digits, 10);
  },
};
