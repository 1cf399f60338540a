import { anyOf } from '../../text/words-near.ts';
import type { PatternRule } from '../pattern-rule.ts';

const LETTERS = 'TRWAGMYFPDXBNJZSQVHLCKE';

/** DNI, and NIE of foreigners: the letter follows from the number. */
export const esDni: PatternRule = {
  kind: 'national-id',
  rule: 'es-dni',
  pattern: /(?<![\p{L}\p{N}])(?:[XYZ][-. ]?\d{7}|\d{8}|\d{1,2}\.\d{3}\.\d{3})[-. ]?[A-HJ-NP-TV-Z](?![\p{L}\p{N}])/giu,
  confidence: 0.8,
  words: anyOf('dni', 'nie', 'nif', 'documento nacional', 'documento de identidad', 'cédula'),
  isValid: (compact) => {
    const number = Number(compact.slice(0, -1).replace(/^[XYZ]/, (letter) => String('XYZ'.indexOf(letter))));
    return LETTERS[number % 23] === compact.at(-1);
  },
};
