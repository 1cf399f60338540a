import { anyOf } from '../../text/words-near.ts';
import type { PatternRule } from '../pattern-rule.ts';

/** National insurance number: no checksum, but prefixes that are never given. */
export const gbNino: PatternRule = {
  kind: 'national-id',
  rule: 'gb-nino',
  pattern:
    /(?<![\p{L}\p{N}])[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z][- ]?\d{2}[- ]?\d{2}[- ]?\d{2}[- ]?[A-D](?![\p{L}\p{N}])/giu,
  confidence: 0.75,
  words: anyOf('nino', 'ni', 'ni number', 'ni no', 'national insurance', 'national insurance number'),
  isValid: (compact) => !/^(?:BG|GB|KN|NK|NT|TN|ZZ)/.test(compact),
};
