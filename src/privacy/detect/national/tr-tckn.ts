import { digitAt } from '../../checksums/weighted-sum.ts';
import { anyOf } from '../../text/words-near.ts';
import type { NumberRule } from '../number-rule.ts';

/** T.C. kimlik numarası. */
export const trTckn: NumberRule = {
  kind: 'national-id',
  rule: 'tr-tckn',
  lengths: [11],
  layouts: ['3 3 3 2'],
  inLayout: 0.6,
  inOnePiece: 0.5,
  words: anyOf('tckn', 'kimlik', 'kimlik no', 'kimlik numarası', 'tc no', 't.c. kimlik no'),
  isValid: (digits) => {
    const at = (index: number): number => digitAt(digits, index);
    const odd = at(0) + at(2) + at(4) + at(6) + at(8);
    const even = at(1) + at(3) + at(5) + at(7);
    return at(0) !== 0 && (odd * 7 - even + 40) % 10 === at(9) && (odd + even + at(9)) % 10 === at(10);
  },
};
