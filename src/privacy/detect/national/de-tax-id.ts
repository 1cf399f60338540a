import { isMod1110 } from '../../checksums/mod-11-10.ts';
import { anyOf } from '../../text/words-near.ts';
import type { NumberRule } from '../number-rule.ts';

function hasOneRepeated(digits: string): boolean {
  const counts = [...'0123456789'].map((digit) => digits.split(digit).length - 1);
  return counts.filter((count) => count > 1).length === 1 && Math.max(...counts) <= 3;
}

/** Steuerliche Identifikationsnummer: of the first ten digits exactly one stands there twice or three times. */
export const deTaxId: NumberRule = {
  kind: 'national-id',
  rule: 'de-tax-id',
  lengths: [11],
  layouts: ['2 3 3 3'],
  inLayout: 0.8,
  inOnePiece: 0.4,
  words: anyOf(
    'steuer id',
    'steuer-id',
    'steueridentifikationsnummer',
    'steuerliche identifikationsnummer',
    'identifikationsnummer',
    'idnr',
    'id-nr',
    'steuer-idnr',
    'steuernummer',
    'tax id',
    'tax identification number',
    'tin',
  ),
  isValid: (digits) => digits[0] !== '0' && hasOneRepeated(digits.slice(0, 10)) && isMod1110(digits),
};
