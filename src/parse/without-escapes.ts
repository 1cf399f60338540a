/** Longer ones are not closed at all; what follows their start is text then. */
const MAX_STRING_LENGTH = 2000;

/**
 * What programs write into a terminal and not for reading: colours, movements of the cursor, titles of windows, the
 * addresses of links. Each is told by its start and its end; of one that does not end within its line only the start is
 * taken. Source: ECMA-48, and xterm for strings that end with BEL.
 */
const ESCAPE = new RegExp(
  [
    // Control sequences: colours and movements.
    '(?:\\u001b\\[|\\u009b)[0-?]{0,64}[ -/]{0,8}[@-~]',
    // Strings: titles, links, device controls.
    `\\u001b[\\]PX^_][^\\u0007\\u001b\\n]{0,${MAX_STRING_LENGTH}}(?:\\u0007|\\u001b\\\\)`,
    // All others: character sets, keypads, resets, and the start of what was cut.
    '\\u001b[ -/]{0,8}[0-~]',
    '\\u001b',
  ].join('|'),
  'g',
);

/** A letter struck over itself or an underline, as manual pages have bold and underlined ones. */
const OVERSTRUCK = /(?:_\u0008(.))|(?:(.)\u0008(?:\2|_))/gu;

/** Text without the escape sequences of terminals and without overstriking, so that words are whole. Keeps the lines. */
export function withoutEscapes(text: string): string {
  const plain = /[\u001b\u009b]/.test(text) ? text.replace(ESCAPE, '') : text;
  return plain.includes('\b') ? plain.replace(OVERSTRUCK, '$1$2').replace(OVERSTRUCK, '$1$2') : plain;
}
