import { digitAt, weightedSum } from '../../checksums/weighted-sum.ts';
import { anyOf } from '../../text/words-near.ts';
import type { NumberRule } from '../number-rule.ts';

/** Número de identificação fiscal. */
export const ptNif: NumberRule = {
  kind: 'national-id',
  rule: 'pt-nif',
  lengths: [9],
  layouts: ['3 3 3'],
  inLayout: 0.4,
  inOnePiece: 0.1,
  words: anyOf('nif', 'contribuinte', 'número de contribuinte', 'identificação fiscal', 'número fiscal'),
  isValid: (digits) => {
    const rest = weightedSum(digits, [9, 8, 7, 6, 5, 4, 3, 2]) % 11;
    return /^[1-35689]/.test(digits) && digitAt(digits, 8) === (rest < 2 ? 0 : 11 - rest);
  },
};
