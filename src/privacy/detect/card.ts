import { isLuhn } from '../checksums/luhn.ts';
import { isOneDigit } from '../checksums/weighted-sum.ts';
import { anyOf } from '../text/words-near.ts';
import type { NumberRule } from './number-rule.ts';
import { numberDetector } from './numbers.ts';

/** Prefixes of issuers with the lengths of their numbers, ISO/IEC 7812 as the schemes publish them. */
const ISSUERS: readonly (readonly [prefix: RegExp, lengths: readonly number[]])[] = [
  [/^4/, [13, 16, 19]],
  [/^(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)/, [16]],
  [/^3[47]/, [15]],
  [/^(?:6011|64[4-9]|65)/, [16, 19]],
  [/^(?:30[0-5]|3095|36|3[89])/, [14, 16]],
  [/^35(?:2[89]|[3-8])/, [16]],
  [/^62/, [16, 17, 18, 19]],
  [/^(?:5018|5020|5038|5893|6304|6759|676[1-3])/, [13, 15, 16, 18, 19]],
  [/^220[0-4]/, [16]],
  [/^(?:60|65|81|82|508)/, [16]],
];

const rule: NumberRule = {
  kind: 'card',
  rule: 'card',
  lengths: [13, 14, 15, 16, 17, 18, 19],
  layouts: ['4 4 4 4', '4 6 5', '4 6 4', '4 4 4 4 3', '4 4 4 1', '4 4 4 3'],
  inLayout: 0.9,
  inOnePiece: 0.72,
  words: anyOf(
    'card',
    'cards',
    'credit card',
    'debit card',
    'card number',
    'cc',
    'visa',
    'mastercard',
    'amex',
    'american express',
    'discover',
    'diners',
    'jcb',
    'maestro',
    'karte',
    'kreditkarte',
    'kartennummer',
    'carte',
    'carte bancaire',
    'carte bleue',
    'tarjeta',
    'carta',
    'cartão',
    'creditcard',
    'karta',
    'kort',
    'kortnummer',
    'kreditkort',
    'cvv',
    'cvc',
    '信用卡',
    '银行卡',
    'カード',
    '카드',
  ),
  isValid: (digits) =>
    !isOneDigit(digits) &&
    ISSUERS.some(([prefix, lengths]) => lengths.includes(digits.length) && prefix.test(digits)) &&
    isLuhn(digits),
};

/** Numbers of payment cards: an issuer's prefix and length, and the check digit. */
export const card = numberDetector('card', [rule]);
