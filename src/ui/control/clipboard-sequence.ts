/** Terminals ignore longer ones: xterm takes about 100,000 characters, base64 included. */
const MAX_BYTES = 74_000;

/**
 * What asks a terminal to put text on its clipboard (OSC 52), over a remote shell too. Null when there is too much of it:
 * a part would be taken for the whole.
 */
export function clipboardSequence(text: string): string | null {
  const bytes = Buffer.from(text, 'utf8');
  return bytes.length > MAX_BYTES ? null : `\u001b]52;c;${bytes.toString('base64')}\u0007`;
}
