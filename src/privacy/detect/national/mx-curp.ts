import { anyOf } from '../../text/words-near.ts';
import type { PatternRule } from '../pattern-rule.ts';

const SIGNS = '0123456789ABCDEFGHIJKLMNÑOPQRSTUVWXYZ';

/** Clave única de registro de población. */
export const mxCurp: PatternRule = {
  kind: 'national-id',
  rule: 'mx-curp',
  pattern: /(?<![\p{L}\p{N}])[A-Z]{4}\d{6}[HMX][A-Z]{5}[A-Z\d]\d(?![\p{L}\p{N}])/giu,
  confidence: 0.95,
  words: anyOf('curp', 'clave única'),
  isValid: (compact) => {
    let sum = 0;
    for (let index = 0; index < 17; index++) sum += SIGNS.indexOf(compact[index] as string) * (18 - index);
    return (10 - (sum % 10)) % 10 === Number(compact[17]);
  },
};
