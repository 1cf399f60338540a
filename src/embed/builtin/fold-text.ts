/** What stands in folded text for everything that is neither a letter nor a digit. */
export const SEPARATOR = 0;

/** Folded text in a buffer that the next call overwrites: `units[0..length)`, separators as `SEPARATOR`. */
export type FoldedText = { readonly units: Uint16Array; readonly length: number };

export type TextFolder = { fold(text: string): FoldedText };

// States of the table of single UTF-16 units beside 0, not yet looked up; no letter or digit has one of these codes.
const SEPARATES = 1;
const VANISHES = 2;
const SEVERAL_UNITS = 3;

/**
 * Unicode NFKD without combining marks, lower-case, as the model was trained on. Each character folds by itself (what
 * NFKD reorders is combining marks only, and they vanish), so a table per UTF-16 unit replaces the normalisation of
 * whole texts; only capital sigma depends on its neighbours. One folder per embedder: it owns its buffers.
 */
export function createTextFolder(): TextFolder {
  const table = new Uint16Array(0x10000);
  for (let code = 0; code < 128; code++) table[code] = foldAsciiCode(code);
  const expansions = new Map<number, Uint16Array>();
  let units = new Uint16Array(4096);

  const learn = (code: number): number => {
    const folded = foldCharacter(String.fromCharCode(code));
    if (folded.length > 1) expansions.set(code, folded);
    const state = folded.length === 0 ? VANISHES : folded.length > 1 ? SEVERAL_UNITS : folded[0] || SEPARATES;
    table[code] = state;
    return state;
  };

  return {
    fold(input) {
      const text = input.includes('Σ') ? input.toLowerCase() : input;
      let length = 0;
      for (let index = 0; index < text.length; index++) {
        if (length + LONGEST_EXPANSION > units.length) units = grown(units);
        const code = text.charCodeAt(index);
        const state = table[code]! || (isLeadSurrogate(code) ? SEVERAL_UNITS : learn(code));
        if (state > SEVERAL_UNITS) units[length++] = state;
        else if (state === SEPARATES) units[length++] = SEPARATOR;
        else if (state === SEVERAL_UNITS) {
          const pair = isLeadSurrogate(code);
          const folded = pair ? foldCharacter(String.fromCodePoint(text.codePointAt(index)!)) : expansions.get(code)!;
          if (pair && text.codePointAt(index)! > 0xffff) index++;
          units.set(folded, length);
          length += folded.length;
        }
      }
      return { units, length };
    },
  };
}

/** U+FDFA, an Arabic phrase in one character, decomposes into 18 units: the longest in Unicode. */
const LONGEST_EXPANSION = 18;

const isLeadSurrogate = (code: number): boolean => (code & 0xfc00) === 0xd800;

function foldAsciiCode(code: number): number {
  if (code >= 65 && code <= 90) return code + 32;
  return (code >= 97 && code <= 122) || (code >= 48 && code <= 57) ? code : SEPARATES;
}

function foldCharacter(character: string): Uint16Array {
  const letters = character.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const folded = letters.replace(/[^\p{L}\p{N}]/gu, '\0');
  return Uint16Array.from({ length: folded.length }, (_, index) => folded.charCodeAt(index));
}

function grown(units: Uint16Array): Uint16Array<ArrayBuffer> {
  const larger = new Uint16Array(units.length * 2);
  larger.set(units);
  return larger;
}
