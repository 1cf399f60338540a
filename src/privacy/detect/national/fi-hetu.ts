import { isDay } from '../../checksums/calendar-day.ts';
import { anyOf } from '../../text/words-near.ts';
import type { PatternRule } from '../pattern-rule.ts';

const SIGNS = '0123456789ABCDEFHJKLMNPRSTUVWXY';

/** Henkilötunnus. */
export const fiHetu: PatternRule = {
  kind: 'national-id',
  rule: 'fi-hetu',
  pattern: /(?<![\p{L}\p{N}])\d{6}[-+A-FYXWVU]\d{3}[0-9A-FHJ-NPR-Y](?![\p{L}\p{N}])/giu,
  confidence: 0.85,
  words: anyOf('hetu', 'henkilötunnus', 'personbeteckning', 'personal identity code'),
  isValid: (_, written) => {
    const number = Number(written.slice(0, 6) + written.slice(7, 10));
    const isBirthDay = isDay(Number(written.slice(2, 4)), Number(written.slice(0, 2)));
    return isBirthDay && SIGNS[number % 31] === written.at(-1)?.toUpperCase();
  },
};
