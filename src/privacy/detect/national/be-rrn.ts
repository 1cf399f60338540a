import { remainder } from '../../checksums/weighted-sum.ts';
import { anyOf } from '../../text/words-near.ts';
import type { NumberRule } from '../number-rule.ts';

/** Rijksregisternummer: 97 less the remainder of the first nine digits, with a 2 before them for those born since 2000. */
export const beRrn: NumberRule = {
  kind: 'national-id',
  rule: 'be-rrn',
  lengths: [11],
  layouts: ['2 2 2 3 2', '6 3 2'],
  inLayout: 0.85,
  inOnePiece: 0.5,
  words: anyOf(
    'rijksregisternummer',
    'rijksregister',
    'rrn',
    'insz',
    'niss',
    'registre national',
    'numéro national',
    'num de registre national',
    'national number',
  ),
  isValid: (digits) => {
    const check = Number(digits.slice(9));
    if (Number(digits.slice(2, 4)) % 20 > 12 || Number(digits.slice(4, 6)) > 31) return false;
    return [digits.slice(0, 9), `2${digits.slice(0, 9)}`].some((body) => 97 - remainder(body, 97) === check);
  },
};
