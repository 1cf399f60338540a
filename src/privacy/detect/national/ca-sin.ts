import { isLuhn } from '../../checksums/luhn.ts';
import { anyOf } from '../../text/words-near.ts';
import type { NumberRule } from '../number-rule.ts';

/** Social insurance number of Canada. */
export const caSin: NumberRule = {
  kind: 'national-id',
  rule: 'ca-sin',
  lengths: [9],
  layouts: ['3 3 3'],
  inLayout: 0.65,
  inOnePiece: 0.1,
  words: anyOf(
    'sin',
    'social insurance',
    'social insurance number',
    'nas',
    'assurance sociale',
    "numéro d'assurance sociale",
  ),
  isValid: (digits) => /^[1-79]/.test(digits) && isLuhn(digits),
};
