import { createHash } from 'node:crypto';
import { anyOf, wordsNear } from '../text/words-near.ts';
import type { Detector, Finding } from '../types.ts';

const BASE58 = /(?<![\p{L}\p{N}])[13LM][1-9A-HJ-NP-Za-km-z]{25,34}(?![\p{L}\p{N}])/gu;
const BECH32 = /(?<![\p{L}\p{N}])(?:bc1|ltc1)[02-9ac-hj-np-z]{11,71}(?![\p{L}\p{N}])/giu;
const ETHEREUM = /(?<![\p{L}\p{N}])0x[0-9a-f]{40}(?![\p{L}\p{N}])/giu;

const words = anyOf(
  'wallet',
  'eth',
  'ethereum',
  'address',
  'ether',
  'usdt',
  'erc20',
  'donate',
  'donations',
  'send',
  'coins',
);

/** Addresses of Bitcoin and Litecoin by their checksums, and of Ethereum by their form. */
export const crypto: Detector = {
  kind: 'crypto',
  *detect(text): Generator<Finding> {
    const found = (rule: string, written: string, index: number, confidence: number): Finding => ({
      kind: 'crypto',
      rule,
      span: { start: index, end: index + written.length },
      value: rule === 'base58' ? written : written.toLowerCase(),
      confidence,
    });
    for (const { 0: written, index } of text.matchAll(BASE58)) {
      if (isBase58Check(written)) yield found('base58', written, index, 0.97);
    }
    for (const { 0: written, index } of text.matchAll(BECH32)) {
      if (isBech32(written)) yield found('bech32', written, index, 0.97);
    }
    for (const { 0: written, index } of text.matchAll(ETHEREUM)) {
      if (/^0x(.)\1*$/i.test(written)) continue;
      const near = wordsNear(text, { start: index, end: index + written.length }, words);
      yield found('ethereum', written, index, near > 0 ? 0.95 : near < 0 ? 0.2 : 0.6);
    }
  },
};

const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';

/** Whether the last four bytes are the beginning of the double sha256 of those before. */
function isBase58Check(written: string): boolean {
  let number = 0n;
  for (const character of written) number = number * 58n + BigInt(ALPHABET.indexOf(character));
  if (number >> 200n) return false;
  const bytes = Buffer.from(number.toString(16).padStart(50, '0'), 'hex');
  const once = createHash('sha256').update(bytes.subarray(0, 21)).digest();
  return createHash('sha256').update(once).digest().subarray(0, 4).equals(bytes.subarray(21));
}

const SIGNS = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
const GENERATOR = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];

/** BIP 173 and, with its other constant, BIP 350. */
function isBech32(written: string): boolean {
  if (written !== written.toLowerCase() && written !== written.toUpperCase()) return false;
  const [prefix, data] = written.toLowerCase().split('1') as [string, string];
  const values = [
    ...[...prefix].map((character) => character.charCodeAt(0) >> 5),
    0,
    ...[...prefix].map((character) => character.charCodeAt(0) & 31),
    ...[...data].map((character) => SIGNS.indexOf(character)),
  ];
  let check = 1;
  for (const value of values) {
    const top = check >>> 25;
    check = ((check & 0x1ffffff) << 5) ^ value;
    for (let bit = 0; bit < 5; bit++) if ((top >>> bit) & 1) check ^= GENERATOR[bit] as number;
  }
  return check === 1 || check === 0x2bc830a3;
}
