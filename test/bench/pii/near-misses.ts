import { createHash } from 'node:crypto';
import type { Draw } from './draw.ts';

const uuid = (draw: Draw): string => {
  const hex = draw.text('0123456789abcdef', 32);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20)}`;
};

const isbn13 = (draw: Draw): string => {
  const body = `978${draw.digits(9)}`;
  const total = [...body].reduce((sum, digit, index) => sum + Number(digit) * (index % 2 === 0 ? 1 : 3), 0);
  const digits = `${body}${(10 - (total % 10)) % 10}`;
  return `${digits.slice(0, 3)}-${digits.slice(3, 4)}-${digits.slice(4, 8)}-${digits.slice(8, 12)}-${digits.slice(12)}`;
};

/** The last digit that passes Luhn's check, and one that does not. */
function wrongCard(draw: Draw): string {
  const body = `4${draw.digits(14)}`;
  const total = [...body].reverse().reduce((sum, digit, index) => {
    const value = Number(digit) * (index % 2 === 0 ? 2 : 1);
    return sum + (value > 9 ? value - 9 : value);
  }, 0);
  return `${body}${(10 - (total % 10) + 1 + draw.number(8)) % 10}`;
}

/** Sentences that hold nothing personal, and look as if they did. */
export const NEAR_MISSES: readonly (readonly [what: string, make: (draw: Draw) => string])[] = [
  ['a card with a wrong check digit', (d) => `The card number ${wrongCard(d)} was refused.`],
  ['an order number', (d) => `Order ${d.digits(10)} and order no. ${d.digits(12)} have shipped.`],
  ['an order number that passes as a card', (d) => `Bestellnummer 4111111111111111 vom ${1 + d.number(28)}. Mai`],
  ['an invoice', (d) => `Rechnung Nr. 2024-${d.digits(6)} über ${d.digits(4)},00 Euro.`],
  ['an ISBN', (d) => `See ISBN ${isbn13(d)}, second edition.`],
  [
    'a version',
    (d) =>
      `Needs version ${d.number(20)}.${d.number(30)}.${d.number(20)}.${d.number(99)} or v${d.number(9)}.${d.number(20)}.${d.number(20)}.`,
  ],
  [
    'a section',
    (d) =>
      `As section ${1 + d.number(9)}.${1 + d.number(9)}.${1 + d.number(9)}.${1 + d.number(9)} says, and § ${d.number(99)}.`,
  ],
  ['a UUID', (d) => `id=${uuid(d)} was written by ${uuid(d)}.`],
  [
    'a hash',
    (d) =>
      `sha256 ${createHash('sha256').update(d.digits(9)).digest('hex')}, md5 ${createHash('md5').update(d.digits(9)).digest('hex')}`,
  ],
  ['a commit', (d) => `Fixed in commit ${createHash('sha1').update(d.digits(9)).digest('hex')}.`],
  [
    'a time stamp',
    (d) =>
      `at 17${d.digits(8)} and 17${d.digits(11)}, 2026-03-${10 + d.number(18)}T12:${10 + d.number(49)}:30.${d.digits(6)}Z`,
  ],
  [
    'a day',
    (d) =>
      `On ${1 + d.number(28)}.0${1 + d.number(9)}.2024 at 14:30, and 2024-0${1 + d.number(9)}-1${d.number(9)} 08:15:59.`,
  ],
  ['a place', (d) => `48.${d.digits(6)}, 2.${d.digits(6)} and -33.${d.digits(6)}, 151.${d.digits(7)}`],
  [
    'a part number',
    (d) =>
      `Part ${d.digits(3)}-${d.digits(3)}-${d.digits(4)} replaces part no. ${d.digits(3)}-${d.digits(2)}-${d.digits(4)}.`,
  ],
  ['a tracking number', (d) => `Tracking number 1Z${d.text('0123456789ABCDEF', 16)}, Sendung ${d.digits(12)}`],
  [
    'amounts',
    (d) =>
      `EUR 1.${d.digits(3)}.${d.digits(3)},00; $${d.digits(3)},${d.digits(3)}; ${d.digits(9)} bytes; pi is 3.14159265358979`,
  ],
  [
    'a picture',
    (d) => `![x](icon@2x.png) npm i lodash@4.17.${d.number(30)} and git@github.com:owner/repo-${d.number(9)}.git`,
  ],
  ['a column of numbers', (d) => `\n${Array.from({ length: 6 }, () => d.digits(4)).join('\n')}\n`],
  [
    'a matrix',
    (d) => `\n${Array.from({ length: 4 }, () => Array.from({ length: 5 }, () => d.digits(3)).join(' ')).join('\n')}\n`,
  ],
  ['base64', (d) => `data:image/png;base64,${Buffer.from(d.digits(90)).toString('base64')}`],
  ['a fingerprint', (d) => `MD5:${Array.from({ length: 16 }, () => d.text('0123456789abcdef', 2)).join(':')}`],
  [
    'a password policy',
    () => 'The password must have at least twelve characters; password: see the policy; token: a string.',
  ],
  [
    'code about secrets',
    () => `const password = process.env.DB_PASSWORD; const token = getToken(); api_key = "<your-key>"`,
  ],
  ['a mask', () => 'netmask 255.255.255.0, 127.0.0.1 and 0.0.0.0, OID 1.3.6.1.4.1.311'],
  ['a time of day', (d) => `${10 + d.number(13)}:${10 + d.number(49)}:${10 + d.number(49)} std::vector<int> a::b`],
  ['a DOI', (d) => `doi:10.1000/${d.digits(6)}.${d.digits(4)}, arXiv:2103.${d.digits(5)}`],
  [
    'a score',
    (d) =>
      `won 21-15 19-21 15-${d.number(9)}; page ${d.number(900)}-${d.number(900)}; ISSN 0028-0836; room 3-${d.digits(3)}`,
  ],
];
