import { digitAt, isOneDigit, weightedSum } from '../../checksums/weighted-sum.ts';
import { anyOf } from '../../text/words-near.ts';
import type { NumberRule } from '../number-rule.ts';

/** Cadastro de Pessoas Físicas. */
export const brCpf: NumberRule = {
  kind: 'national-id',
  rule: 'br-cpf',
  lengths: [11],
  layouts: ['3 3 3 2'],
  inLayout: 0.9,
  inOnePiece: 0.45,
  words: anyOf('cpf', 'cadastro de pessoas físicas', 'cadastro de pessoa física'),
  isValid: (digits) => {
    const check = (weights: readonly number[]): number => ((weightedSum(digits, weights) * 10) % 11) % 10;
    if (isOneDigit(digits) || check([10, 9, 8, 7, 6, 5, 4, 3, 2]) !== digitAt(digits, 9)) return false;
    return check([11, 10, 9, 8, 7, 6, 5, 4, 3, 2]) === digitAt(digits, 10);
  },
};
