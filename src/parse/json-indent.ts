/** Deeper nesting is kept on one line: indenting 100,000 levels makes gigabytes of spaces. */
const MAX_INDENT_DEPTH = 20;

const QUOTE = 34;
const COMMA = 44;
const COLON = 58;
const OPEN_ARRAY = 91;
const CLOSE_ARRAY = 93;
const OPEN_OBJECT = 123;
const CLOSE_OBJECT = 125;

/**
 * Valid JSON over several lines, two spaces per level, one pass and no recursion. Keys, order, duplicates and numbers
 * stay exactly as written; short arrays of plain values stay on one line.
 */
export function indentJson(text: string): string {
  // Joining a few large pieces needs a fraction of the memory of joining one per token.
  const pieces: string[] = [];
  let piece = '';
  let depth = 0;
  const write = (part: string): void => {
    piece += part;
    if (piece.length < 65_536) return;
    pieces.push(piece);
    piece = '';
  };
  for (let at = 0; at < text.length; ) {
    const code = text.charCodeAt(at);
    let end = at + 1;
    if (code === QUOTE) {
      end = endOfString(text, at);
      write(text.slice(at, end));
    } else if (code === OPEN_OBJECT || code === OPEN_ARRAY) {
      const short = code === OPEN_ARRAY ? shortArray(text, at) : null;
      if (short) {
        write(short.text);
        end = short.end;
      } else write(text[at]! + lineBreak(++depth));
    } else if (code === CLOSE_OBJECT || code === CLOSE_ARRAY) write(lineBreak(--depth) + text[at]!);
    else if (code === COMMA) write(`,${lineBreak(depth)}`);
    else if (code === COLON) write(': ');
    else if (!isWhite(code)) {
      while (end < text.length && isPlain(text.charCodeAt(end))) end++;
      write(text.slice(at, end));
    }
    at = end;
  }
  pieces.push(piece);
  return pieces.join('');
}

const isWhite = (code: number): boolean => code === 32 || (code >= 9 && code <= 13);

/** A character of a number, `true`, `false` or `null`. */
const isPlain = (code: number): boolean =>
  (code >= 48 && code <= 57) || (code >= 97 && code <= 122) || code === 43 || code === 45 || code === 46 || code === 69;

const BREAKS = Array.from({ length: MAX_INDENT_DEPTH + 1 }, (_, depth) => `\n${'  '.repeat(depth)}`);

const lineBreak = (depth: number): string => BREAKS[depth] ?? '';

function endOfString(text: string, quote: number): number {
  let at = quote + 1;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === 92) at += 2;
    else if (code === QUOTE) return at + 1;
    else at++;
  }
  return text.length;
}

/** `[1, 2, 3]` and its like up to 80 characters, with a space after each comma. */
function shortArray(text: string, start: number): { text: string; end: number } | null {
  const inside = /^\[([^[\]{}"]{0,80})\]/.exec(text.slice(start, start + 82));
  return inside ? { text: `[${inside[1]!.trim().replace(/\s*,\s*/g, ', ')}]`, end: start + inside[0].length } : null;
}
