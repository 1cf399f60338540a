import type { EntityKey } from './types.ts';

/** Longer names are cut before they are compared: nobody repeats so many words exactly. */
const MAX_NAME_LENGTH = 160;

const plain = /^[a-z0-9]+(?: [a-z0-9]+)*$/;
const article = /^(?:the|a|an) (?=.)/;

/**
 * The form in which names are compared: case, accents, punctuation, possessive endings and a leading English article
 * are gone. Empty when nothing is left.
 */
export function normalizeName(name: string): string {
  const lower = name.slice(0, MAX_NAME_LENGTH).toLowerCase();
  const folded = plain.test(lower)
    ? lower
    : lower
        .normalize('NFKD')
        .replace(/(?<=[a-z\u0370-\u04ff])[\u0300-\u036f]+/g, '')
        .normalize('NFC')
        .replace(/['’]s?(?![\p{L}\p{N}])/gu, '')
        .replace(/[^\p{L}\p{N}\p{M}#+@]+/gu, ' ')
        .trim();
  return folded.replace(article, '');
}

/** 40 bits of the normalised form: murmur's mix over UTF-16 code units, twice. */
export function keyOfNormalized(normalized: string): EntityKey {
  let a = 0x9747b28c;
  let b = 0x1b873593;
  for (let i = 0; i < normalized.length; i++) {
    const unit = normalized.charCodeAt(i);
    a = Math.imul(a ^ unit, 0x85ebca6b);
    a ^= a >>> 13;
    b = Math.imul(b ^ unit, 0xc2b2ae35);
    b ^= b >>> 16;
  }
  a ^= Math.imul(b, 0x27d4eb2f);
  a = Math.imul(a ^ (a >>> 16), 0x85ebca6b);
  a ^= a >>> 13;
  return (a >>> 0) + (b & 0xff) * 2 ** 32;
}

export const entityKeyOf = (name: string): EntityKey => keyOfNormalized(normalizeName(name));
