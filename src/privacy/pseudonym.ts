import { createHmac } from 'node:crypto';
import type { Finding } from './types.ts';

/** 40 bits: two of a million values share a pseudonym once in two bases. */
const HEX_DIGITS = 10;

/**
 * `<email-7f3a9c21d0>`: the same for the same value, in every document and on every machine with the key. Without the
 * key nobody can tell which value it stands for, not even by trying all. HMAC-SHA256, RFC 2104.
 */
export const pseudonymOf = ({ kind, value }: Pick<Finding, 'kind' | 'value'>, key: string): string =>
  `<${kind}-${createHmac('sha256', Buffer.from(key, 'hex')).update(`${kind}\0${value}`).digest('hex').slice(0, HEX_DIGITS)}>`;

/** Any pseudonym in a text. */
export const PSEUDONYM = /<(?:email|phone|card|iban|national-id|birth-date|ip|mac|secret|crypto)-[0-9a-f]{10}>/g;

/** `[email]`: says what stood there and no more. */
export const placeholderOf = ({ kind }: Pick<Finding, 'kind'>): string => `[${kind}]`;
