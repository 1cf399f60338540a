import { anyOf } from '../../text/words-near.ts';
import type { PatternRule } from '../pattern-rule.ts';

/** Number of a German identity card or passport, with its check digit. */
export const dePersonalausweis: PatternRule = {
  kind: 'national-id',
  rule: 'de-personalausweis',
  pattern: /(?<![\p{L}\p{N}])[CFGHJKLMNPRTVWXYZ][CFGHJKLMNPRTVWXYZ0-9]{8}[ ]?\d(?![\p{L}\p{N}])/giu,
  confidence: 0.3,
  words: anyOf(
    'personalausweis',
    'ausweis',
    'ausweisnummer',
    'ausweis-nr',
    'personalausweisnummer',
    'reisepass',
    'passnummer',
    'reisepassnummer',
    'passport number',
    'identity card',
  ),
  isValid: (compact) => {
    let sum = 0;
    for (let index = 0; index < 9; index++)
      sum += Number.parseInt(compact[index] as string, 36) * ([7, 3, 1][index % 3] as number);
    return /\d.*\d/.test(compact) && sum % 10 === Number(compact[9]);
  },
};
