/** Deeper nesting is kept on one line: indenting 100,000 levels makes gigabytes of spaces. */
const MAX_INDENT_DEPTH = 20;

/**
 * Valid JSON over several lines, two spaces per level, one pass and no recursion. Keys, order, duplicates and numbers
 * stay exactly as written; short arrays of plain values stay on one line.
 */
export function indentJson(text: string): string {
  const parts: string[] = [];
  let depth = 0;
  for (let at = 0; at < text.length; ) {
    const character = text[at]!;
    if (character === '"') {
      const end = endOfString(text, at);
      parts.push(text.slice(at, end));
      at = end;
    } else if (character === '{' || character === '[') {
      const short = character === '[' ? shortArray(text, at) : null;
      if (short) {
        parts.push(short.text);
        at = short.end;
        continue;
      }
      depth++;
      parts.push(character, lineBreak(depth));
      at++;
    } else if (character === '}' || character === ']') {
      depth--;
      parts.push(lineBreak(depth), character);
      at++;
    } else if (character === ',') {
      parts.push(',', lineBreak(depth));
      at++;
    } else if (character === ':') {
      parts.push(': ');
      at++;
    } else if (/\s/.test(character)) at++;
    else {
      let end = at + 1;
      while (end < text.length && /[\w+.-]/.test(text[end]!)) end++;
      parts.push(text.slice(at, end));
      at = end;
    }
  }
  return parts.join('');
}

const lineBreak = (depth: number): string => (depth > MAX_INDENT_DEPTH ? '' : `\n${'  '.repeat(Math.max(depth, 0))}`);

export function endOfString(text: string, quote: number): number {
  let at = quote + 1;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === 92) at += 2;
    else if (code === 34) return at + 1;
    else at++;
  }
  return text.length;
}

/** `[1, 2, 3]` and its like up to 80 characters, with a space after each comma. */
function shortArray(text: string, start: number): { text: string; end: number } | null {
  const end = text.indexOf(']', start);
  if (end < 0 || end - start > 80) return null;
  const inside = text.slice(start + 1, end);
  return /[[{"]/.test(inside) ? null : { text: `[${inside.trim().replace(/\s*,\s*/g, ', ')}]`, end: end + 1 };
}
