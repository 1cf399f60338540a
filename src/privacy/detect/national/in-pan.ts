import { anyOf } from '../../text/words-near.ts';
import type { PatternRule } from '../pattern-rule.ts';

/** Permanent account number: the fourth letter says what kind of person. */
export const inPan: PatternRule = {
  kind: 'national-id',
  rule: 'in-pan',
  pattern: /(?<![\p{L}\p{N}])[A-Z]{3}[ABCFGHJLPT][A-Z]\d{4}[A-Z](?![\p{L}\p{N}])/gu,
  confidence: 0.6,
  words: anyOf('pan', 'permanent account number', 'pan card', 'income tax'),
  isValid: () => true,
};
