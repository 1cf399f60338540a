import { countrySpecs } from 'ibantools';
import { remainder } from '../checksums/weighted-sum.ts';
import type { Detector, Finding } from '../types.ts';

const START = /(?<![\p{L}\p{N}])[A-Z]{2}[ ]?\d{2}(?=[ \n.-]{0,3}[A-Z0-9])/giu;
/** Between two groups: a space, a dash, or the end of a line with the indent after it. */
const GAP = /[ ]{0,2}\n[ \t>]{0,8}|[ .-]{1,2}/y;

/** Account numbers with the length of their country and a remainder of 1 by ISO 7064 MOD 97-10. */
export const iban: Detector = {
  kind: 'iban',
  *detect(text): Generator<Finding> {
    for (const { 0: head, index } of text.matchAll(START)) {
      const country = head.slice(0, 2).toUpperCase();
      const length = countrySpecs[country]?.chars;
      if (!length) continue;
      const found = read(text, index, length);
      if (!found || !isValid(found.value, country)) continue;
      yield {
        kind: 'iban',
        rule: `iban-${country.toLowerCase()}`,
        span: { start: index, end: found.end },
        value: found.value,
        confidence: 0.99,
      };
    }
  },
};

/** Checks of its country within the rest are not made: a number that is mistyped there is a number all the same. */
function isValid(value: string, country: string): boolean {
  const form = countrySpecs[country]?.bban_regexp;
  if (form && !new RegExp(form).test(value.slice(4))) return false;
  const digits = (value.slice(4) + value.slice(0, 4)).replace(/[A-Z]/g, (letter) => String(letter.charCodeAt(0) - 55));
  return remainder(digits, 97) === 1;
}

/** So many letters and digits from a place on, with gaps left out; null when a longer word begins there. */
function read(text: string, start: number, length: number): { value: string; end: number } | null {
  let value = '';
  let position = start;
  while (value.length < length) {
    const character = text[position];
    if (character !== undefined && /[A-Za-z0-9]/.test(character)) {
      value += character;
      position++;
      continue;
    }
    GAP.lastIndex = position;
    if (!GAP.test(text)) return null;
    position = GAP.lastIndex;
  }
  return /[\p{L}\p{N}]/u.test(text[position] ?? '') ? null : { value: value.toUpperCase(), end: position };
}
