import { anyOf, isSaidBefore } from '../../text/words-near.ts';
import type { Detector, Finding } from '../../types.ts';

const PATTERN = /(?<![A-Za-z0-9+/_=-])[A-Za-z0-9+/_-]{20,200}={0,2}(?![A-Za-z0-9+/_=-])/g;
const words = anyOf(
  'secret',
  'secrets',
  'token',
  'api key',
  'apikey',
  'access key',
  'bearer',
  'credential',
  'credentials',
  'authorization',
  'private key',
  'zugangsschlüssel',
  'schlüssel',
  'jeton',
  'clé',
  'clave',
  'chiave',
  'chave',
);
/** Hashes and names of things are as random as keys, and are no secrets. */
const others = anyOf(
  'sha',
  'sha1',
  'sha256',
  'sha512',
  'md5',
  'checksum',
  'digest',
  'integrity',
  'commit',
  'etag',
  'revision',
  'uuid',
  'fingerprint',
  'hash',
  'id',
);
const MIN_BITS = 3.4;

/** Strings that look drawn by lot, near a word such as "token" or "API key". */
export const highEntropy: Detector = {
  kind: 'secret',
  *detect(text): Generator<Finding> {
    for (const { 0: value, index } of text.matchAll(PATTERN)) {
      if (!/\d/.test(value) || !/[A-Za-z]/.test(value) || /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i.test(value))
        continue;
      if (!isSaidBefore(text, index, words, 40) || isSaidBefore(text, index, others, 25)) continue;
      if (bitsPerCharacter(value) < MIN_BITS || isPath(value)) continue;
      yield {
        kind: 'secret',
        rule: 'high-entropy',
        span: { start: index, end: index + value.length },
        value,
        confidence: 0.7,
      };
    }
  },
};

const isPath = (value: string): boolean => value.split('/').length > 3 || /^[a-z]+(?:[-_/][a-z0-9]+){2,}$/.test(value);

function bitsPerCharacter(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}
