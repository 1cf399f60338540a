import { isLuhn } from '../../checksums/luhn.ts';
import { anyOf } from '../../text/words-near.ts';
import type { NumberRule } from '../number-rule.ts';

/** Mispar zehut. */
export const ilId: NumberRule = {
  kind: 'national-id',
  rule: 'il-id',
  lengths: [9],
  layouts: ['1 7 1', '8 1'],
  inLayout: 0.3,
  inOnePiece: 0.1,
  words: anyOf('teudat zehut', 'mispar zehut', 'תעודת זהות', 'ת.ז', 'israeli id'),
  isValid: (digits) => digits !== '000000000' && isLuhn(digits),
};
