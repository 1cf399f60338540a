/**
 * What a terminal would obey or hide: C0 and C1 controls, DEL, the bidirectional embeddings, overrides and isolates,
 * and the Unicode line ends. Marks that scripts need (LRM, RLM, joiners) are left.
 */
const HAZARDS = /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;
const HAZARDS_IN_BLOCK = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

/** One line of foreign text (a name, a title, a message), with every hazard written out as `\x1b` or `\u202e`. */
export const escapeLine = (text: string): string => text.replace(HAZARDS, writtenOut);

/** Several lines of foreign text: as `escapeLine`, but line ends and tabs stay. */
export const escapeBlock = (text: string): string => text.replace(HAZARDS_IN_BLOCK, writtenOut);

function writtenOut(character: string): string {
  if (character === '\n') return '\\n';
  if (character === '\t') return '\\t';
  if (character === '\r') return '\\r';
  const code = character.charCodeAt(0);
  return code < 0x100 ? `\\x${code.toString(16).padStart(2, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
}
