import { weightedSum } from '../../checksums/weighted-sum.ts';
import { anyOf } from '../../text/words-near.ts';
import type { PatternRule } from '../pattern-rule.ts';

/** Number of a resident identity card: place, day of birth, serial, and a check by ISO 7064 MOD 11-2. */
export const cnResidentId: PatternRule = {
  kind: 'national-id',
  rule: 'cn-resident-id',
  pattern:
    /(?<![A-Za-z]|\p{N})[1-8]\d{5}[ -]?(?:18|19|20)\d{2}[ -]?(?:0[1-9]|1[0-2])[ -]?(?:0[1-9]|[12]\d|3[01])[ -]?\d{3}[ -]?[\dX](?!\p{N}|[A-Za-z])/giu,
  confidence: 0.9,
  words: anyOf('身份证', '身份证号', '居民身份证', 'id card', 'resident identity', '公民身份号码'),
  isValid: (compact) => {
    const sum = weightedSum(compact, [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2]);
    return '10X98765432'[sum % 11] === compact[17];
  },
};
