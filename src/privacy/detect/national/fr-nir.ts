import { remainder } from '../../checksums/weighted-sum.ts';
import { anyOf } from '../../text/words-near.ts';
import type { PatternRule } from '../pattern-rule.ts';

/** NIR: sex, month of birth, department (with letters in Corsica), commune, serial, and a key of two digits. */
export const frNir: PatternRule = {
  kind: 'national-id',
  rule: 'fr-nir',
  pattern:
    /(?<![\p{L}\p{N}])[1-478][ .\n-]?\d{2}[ .\n-]?\d{2}[ .\n-]?\d[\dAB][ .\n-]?\d{3}[ .\n-]?\d{3}[ .\n-]?\d{2}(?![\p{L}\p{N}])/giu,
  confidence: 0.85,
  words: anyOf(
    'nir',
    'insee',
    'sécu',
    'sécurité sociale',
    'securite sociale',
    'numéro de sécurité sociale',
    'n° de sécurité sociale',
    'vitale',
  ),
  isValid: (compact) => {
    const month = Number(compact.slice(3, 5));
    if (!(month >= 1 && month <= 42) && !(month >= 50 && month <= 99)) return false;
    const digits = compact.slice(0, 13).replace('2A', '19').replace('2B', '18');
    return /^\d{13}$/.test(digits) && 97 - remainder(digits, 97) === Number(compact.slice(13));
  },
};
