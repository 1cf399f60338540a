import { digitAt, weightedSum } from '../../checksums/weighted-sum.ts';
import { anyOf } from '../../text/words-near.ts';
import type { NumberRule } from '../number-rule.ts';

/** Kojin bangō, the individual number of Japan. */
export const jpMyNumber: NumberRule = {
  kind: 'national-id',
  rule: 'jp-my-number',
  lengths: [12],
  layouts: ['4 4 4'],
  inLayout: 0.3,
  inOnePiece: 0.1,
  words: anyOf('my number', 'マイナンバー', '個人番号', 'kojin bango'),
  isValid: (digits) => {
    const rest = weightedSum(digits, [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11;
    return digitAt(digits, 11) === (rest <= 1 ? 0 : 11 - rest);
  },
};
