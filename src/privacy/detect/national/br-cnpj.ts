import { digitAt, isOneDigit, weightedSum } from '../../checksums/weighted-sum.ts';
import { anyOf } from '../../text/words-near.ts';
import type { NumberRule } from '../number-rule.ts';

/** Cadastro Nacional da Pessoa Jurídica: of firms, and of people who work for themselves. */
export const brCnpj: NumberRule = {
  kind: 'national-id',
  rule: 'br-cnpj',
  lengths: [14],
  layouts: ['2 3 3 4 2'],
  inLayout: 0.9,
  inOnePiece: 0.45,
  words: anyOf('cnpj', 'pessoa jurídica'),
  isValid: (digits) => {
    const check = (weights: readonly number[]): number => ((weightedSum(digits, weights) * 10) % 11) % 10;
    const weights = [5, 4, 3, 2, 9, 8, 7, 6, 5, 4, 3, 2];
    if (isOneDigit(digits) || check(weights) !== digitAt(digits, 12)) return false;
    return check([6, ...weights]) === digitAt(digits, 13);
  },
};
