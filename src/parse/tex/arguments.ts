/** An argument that is longer is not closed where its author thinks. */
const MAX_ARGUMENT_LENGTH = 2_000;
export const MAX_FORMULA_LENGTH = 5_000;

/**
 * The offset behind the bracket that closes the one at `open`, with `\` before a bracket taking its meaning; -1 when
 * there is none within two thousand characters.
 */
export function closingBracket(source: string, open: number): number {
  const [opens, closes] = source[open] === '[' ? ['[', ']'] : ['{', '}'];
  const limit = Math.min(source.length, open + MAX_ARGUMENT_LENGTH);
  let depth = 0;
  let braces = 0;
  for (let at = open; at < limit; at++) {
    const character = source[at];
    if (character === '\\') at++;
    else if (character === opens && braces === 0) depth++;
    else if (character === closes && braces === 0) {
      depth--;
      if (depth === 0) return at + 1;
    } else if (opens === '[' && character === '{') braces++;
    else if (opens === '[' && character === '}') braces--;
  }
  return -1;
}

/** Past spaces and at most one line end: TeX looks no further for an argument. */
export function skipSpace(source: string, at: number): number {
  let lines = 0;
  let position = at;
  for (; position < source.length; position++) {
    const character = source[position];
    if (character === '\n' && lines++ > 0) break;
    if (character !== ' ' && character !== '\t' && character !== '\n') return position;
  }
  return at;
}

/** The end of `[...]` arguments at `at`, or `at`. */
export function skipOptional(source: string, at: number): number {
  let position = at;
  for (let count = 0; count < 3; count++) {
    const open = skipSpace(source, position);
    if (source[open] !== '[') break;
    const close = closingBracket(source, open);
    if (close < 0) break;
    position = close;
  }
  return position;
}

/** The text within `{...}` at `at` and its end; null when there is none. */
export function readArgument(source: string, at: number): { readonly text: string; readonly end: number } | null {
  const open = skipSpace(source, at);
  if (source[open] !== '{') return null;
  const end = closingBracket(source, open);
  return end < 0 ? null : { text: source.slice(open + 1, end - 1), end };
}

/** A short piece without commands: `\textbf{a} b` becomes `a b`. */
export const plainText = (source: string): string =>
  source
    .slice(0, 300)
    .replace(/\\[a-zA-Z@]+\*?[ \t]*/g, '')
    .replace(/[{}]/g, '');

/** A formula ends within its paragraph; -1 when it does not. */
export function endOfFormula(source: string, mark: string, from: number): number {
  const limit = Math.min(source.length, from + MAX_FORMULA_LENGTH);
  for (let at = from; at < limit; at++) {
    const character = source[at];
    if (character === '\\') at++;
    else if (character === '\n' && mark === '$' && /^[ \t]*\n/.test(source.slice(at + 1, at + 100))) return -1;
    else if (character === '$' && source.startsWith(mark, at)) return at;
  }
  return -1;
}
