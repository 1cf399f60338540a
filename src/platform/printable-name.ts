/**
 * A file name or path as it may be shown on a terminal or in a log: control characters, line separators, characters
 * that reorder or hide text (bidirectional controls, zero width) and lone surrogates become `\n` or `\u{hex}`.
 * The result is one line; names without such characters come back unchanged.
 */
export const printableName = (name: string): string => name.replace(UNPRINTABLE, escapeCharacter);

const UNPRINTABLE =
  /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;

const SHORT_ESCAPES: Readonly<Record<string, string>> = { '\n': '\\n', '\r': '\\r', '\t': '\\t' };

const escapeCharacter = (character: string): string =>
  SHORT_ESCAPES[character] ?? `\\u{${character.codePointAt(0)!.toString(16)}}`;
