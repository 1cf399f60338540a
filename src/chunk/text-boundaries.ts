import type { Span } from '../domain/span.ts';

/** The white space of `String.prototype.trim`, by code. */
export function isWhiteSpace(code: number): boolean {
  if (code < 128) return code === 32 || (code >= 9 && code <= 13);
  if (code < 0x1680) return code === 0xa0;
  return (
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000 ||
    code === 0x1680 ||
    code === 0xfeff
  );
}

/** The span without white space at its ends; null when nothing is left. */
export function trimSpan(text: string, start: number, end: number): Span | null {
  let from = start;
  let to = end;
  while (from < to && isWhiteSpace(text.charCodeAt(from))) from++;
  while (to > from && isWhiteSpace(text.charCodeAt(to - 1))) to--;
  return from < to ? { start: from, end: to } : null;
}

/** Whether `position` is within a surrogate pair. */
export const splitsPair = (text: string, position: number): boolean =>
  position > 0 &&
  (text.charCodeAt(position) & 0xfc00) === 0xdc00 &&
  (text.charCodeAt(position - 1) & 0xfc00) === 0xd800;

/**
 * Whether a text may be cut before `position`: not within a surrogate pair or CRLF, not before a combining mark or
 * beside a zero-width joiner that belong to what stands before.
 */
export function isSafeBoundary(text: string, position: number): boolean {
  if (position <= 0 || position >= text.length) return true;
  const code = text.charCodeAt(position);
  const before = text.charCodeAt(position - 1);
  // Neither marks, joiners nor halves of pairs.
  if (code < 0x300 && before < 0x300) return !(code === 10 && before === 13);
  if (isWhiteSpace(before)) return true;
  if (splitsPair(text, position)) return false;
  if (before === ZERO_WIDTH_JOINER || code === ZERO_WIDTH_JOINER) return false;
  return hasNoMarks(code) || !/^\p{M}/u.test(text.slice(position, position + 2));
}

/** Ranges without combining marks that long texts without spaces are made of: East Asian scripts and emoji. */
const hasNoMarks = (code: number): boolean =>
  (code >= 0x309b && code <= 0x9fff) || (code >= 0xac00 && code <= 0xd7a3) || (code >= 0xd83c && code <= 0xd83e);

const ZERO_WIDTH_JOINER = 0x200d;
