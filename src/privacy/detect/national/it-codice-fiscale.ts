import { anyOf } from '../../text/words-near.ts';
import type { PatternRule } from '../pattern-rule.ts';

/** What a digit or letter counts in an odd place; 0 as A, 1 as B and so on. */
const ODD = [1, 0, 5, 7, 9, 13, 15, 17, 19, 21, 2, 4, 18, 20, 11, 3, 6, 8, 12, 14, 16, 10, 22, 25, 24, 23];

/** Codice fiscale: letters of the names, day and place of birth, and a letter that checks them. */
export const itCodiceFiscale: PatternRule = {
  kind: 'national-id',
  rule: 'it-codice-fiscale',
  pattern:
    /(?<![\p{L}\p{N}])[A-Z]{6}[ ]?[\dLMNP-V]{2}[A-EHLMPRST][\dLMNP-V]{2}[ ]?[A-Z][\dLMNP-V]{3}[A-Z](?![\p{L}\p{N}])/giu,
  confidence: 0.95,
  words: anyOf('codice fiscale', 'cf', 'c.f.', 'cod. fisc.'),
  isValid: (compact) => {
    let sum = 0;
    for (let index = 0; index < 15; index++) {
      const code = compact.charCodeAt(index);
      const value = code < 58 ? code - 48 : code - 65;
      sum += index % 2 === 0 ? (ODD[value] as number) : value;
    }
    return String.fromCharCode(65 + (sum % 26)) === compact[15];
  },
};
