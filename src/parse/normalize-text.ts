import { toUSVString } from 'node:util';

/**
 * The form in which all text is stored: NFC, "\n" line ends (from "\r\n" and "\r"), no byte order mark at the start,
 * a space for each NUL (SQLite's FTS cuts at NUL) and U+FFFD for each lone surrogate (UTF-8 has no form for it).
 * Idempotent; keeps the number of lines.
 */
export function normalizeText(text: string): string {
  let result = text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
  if (result.includes('\r')) result = result.replace(/\r\n?/g, '\n');
  return replaceUnstorable(isPlainlyNfc(result) ? result : result.normalize('NFC'));
}

/** Below U+0300, where combining marks begin, every text is NFC; a scan costs less than a copy. */
export const isPlainlyNfc = (text: string): boolean => !/[^\x00-\u02ff]/.test(text);

/** Replaces NULs and lone surrogates, one code unit for one, so that spans stay true. */
export function replaceUnstorable(text: string): string {
  const withoutNul = text.includes('\0') ? text.replaceAll('\0', ' ') : text;
  return toUSVString(withoutNul);
}
