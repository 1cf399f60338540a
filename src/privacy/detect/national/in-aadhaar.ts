import { isVerhoeff } from '../../checksums/verhoeff.ts';
import { isOneDigit } from '../../checksums/weighted-sum.ts';
import { anyOf } from '../../text/words-near.ts';
import type { NumberRule } from '../number-rule.ts';

/** Aadhaar number. */
export const inAadhaar: NumberRule = {
  kind: 'national-id',
  rule: 'in-aadhaar',
  lengths: [12],
  layouts: ['4 4 4'],
  inLayout: 0.75,
  inOnePiece: 0.3,
  words: anyOf('aadhaar', 'aadhar', 'adhaar', 'uidai', 'uid', 'आधार'),
  isValid: (digits) => /^[2-9]/.test(digits) && !isOneDigit(digits) && isVerhoeff(digits),
};
