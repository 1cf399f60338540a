import { weightedSum } from '../../checksums/weighted-sum.ts';
import { anyOf } from '../../text/words-near.ts';
import type { PatternRule } from '../pattern-rule.ts';

const LETTERS = 'WABCDEFGHIJKLMNOPQRSTUV';

/** Personal public service number. */
export const iePps: PatternRule = {
  kind: 'national-id',
  rule: 'ie-pps',
  pattern: /(?<![\p{L}\p{N}])\d{7}[A-W][A-IW]?(?![\p{L}\p{N}])/giu,
  confidence: 0.45,
  words: anyOf('pps', 'ppsn', 'pps number', 'personal public service'),
  isValid: (compact) => {
    const second = compact[8] === undefined || compact[8] === 'W' ? 0 : compact.charCodeAt(8) - 64;
    return LETTERS[(weightedSum(compact, [8, 7, 6, 5, 4, 3, 2]) + 9 * second) % 23] === compact[7];
  },
};
