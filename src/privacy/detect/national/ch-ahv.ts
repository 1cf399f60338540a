import { weightedSum } from '../../checksums/weighted-sum.ts';
import { anyOf } from '../../text/words-near.ts';
import type { NumberRule } from '../number-rule.ts';

/** AHV number: the country 756, and the check digit of an EAN-13. */
export const chAhv: NumberRule = {
  kind: 'national-id',
  rule: 'ch-ahv',
  lengths: [13],
  layouts: ['3 4 4 2'],
  inLayout: 0.95,
  inOnePiece: 0.75,
  words: anyOf('ahv', 'avs', 'ahv-nr', 'ahv-nummer', 'numéro avs', 'sozialversicherungsnummer', 'ahvn13', 'oasi'),
  isValid: (digits) =>
    digits.startsWith('756') && weightedSum(digits, [1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1]) % 10 === 0,
};
