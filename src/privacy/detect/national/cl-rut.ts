import { anyOf } from '../../text/words-near.ts';
import type { PatternRule } from '../pattern-rule.ts';

/** Rol único tributario. */
export const clRut: PatternRule = {
  kind: 'national-id',
  rule: 'cl-rut',
  pattern: /(?<![\p{L}\p{N}.-])\d{1,2}(?:\.\d{3}\.\d{3}|\d{6})-[\dK](?![\p{L}\p{N}-])/giu,
  confidence: 0.6,
  words: anyOf('rut', 'run', 'rol único', 'r.u.t.'),
  isValid: (compact) => {
    let sum = 0;
    const digits = compact.slice(0, -1);
    for (let index = 0; index < digits.length; index++) sum += Number(digits.at(-1 - index)) * (2 + (index % 6));
    return '0K987654321'[sum % 11] === compact.at(-1);
  },
};
