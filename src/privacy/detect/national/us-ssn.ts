import { anyOf } from '../../text/words-near.ts';
import type { NumberRule } from '../number-rule.ts';

/** Social security number of the United States: no checksum, but areas, groups and serials that are never given. An ITIN begins with 9. */
export const usSsn: NumberRule = {
  kind: 'national-id',
  rule: 'us-ssn',
  lengths: [9],
  layouts: ['3 2 4'],
  inLayout: 0.75,
  inOnePiece: 0.1,
  words: anyOf(
    'ssn',
    'ssns',
    'social security',
    'social security number',
    'social security no',
    'tax id',
    'itin',
    'tin',
  ),
  isValid: (digits) =>
    !/^(?:000|666|\d{3}00|\d{5}0000)/.test(digits) &&
    (!digits.startsWith('9') || /^9\d{2}(?:5\d|6[0-5]|7\d|8[0-8]|9[0-24-9])/.test(digits)) &&
    digits !== '123456789' &&
    digits !== '078051120',
};
