/** Real pages stay below 100; Readability takes seconds at 400, and the libraries overflow the stack at some 5,000. */
const MAX_DEPTH = 200;
/** Attributes of one tag are looked up one by one. */
const MAX_ATTRIBUTES = 500;
const MAX_TAGS = 400_000;
const MAX_LENGTH = 30_000_000;

const VOID = new Set('area base br col embed hr img input link meta param source track wbr frame'.split(' '));
/** Their end tags are optional, and a parser closes them by itself. */
const SELF_CLOSING = new Set('p li dt dd tr td th tbody thead tfoot option optgroup rp rt'.split(' '));

/**
 * Why a DOM of this HTML is not to be built (nesting, attributes, size), or null when it may be. A linear scan of the
 * tags; it overrates the depth of sloppy pages a little and never underrates it by more than the optional end tags.
 */
export function whyNoDom(html: string): string | null {
  if (html.length > MAX_LENGTH) return `${html.length} characters long`;
  const stack: string[] = [];
  let tags = 0;
  for (let at = html.indexOf('<'); at >= 0; at = html.indexOf('<', at)) {
    const next = html.charCodeAt(at + 1);
    if (next === 33 && html.startsWith('<!--', at)) {
      const end = html.indexOf('-->', at + 4);
      if (end < 0) return null;
      at = end + 3;
      continue;
    }
    const closing = next === 47;
    const nameStart = at + (closing ? 2 : 1);
    let end = nameStart;
    while (isNameCharacter(html.charCodeAt(end))) end++;
    if (end === nameStart) {
      at++;
      continue;
    }
    if (++tags > MAX_TAGS) return `more than ${MAX_TAGS} tags`;
    const name = html.slice(nameStart, Math.min(end, nameStart + 30)).toLowerCase();
    const tag = scanAttributes(html, end);
    if (tag.attributes > MAX_ATTRIBUTES) return `${tag.attributes} attributes in one tag`;
    at = tag.end;
    if (VOID.has(name) || SELF_CLOSING.has(name)) continue;
    if (closing) popTo(stack, name);
    else if (name === 'script' || name === 'style' || name === 'textarea' || name === 'title') {
      const close = indexOfEndTag(html, name, at);
      if (close < 0) return null;
      at = close;
    } else if (stack.push(name) > MAX_DEPTH) return `nested more than ${MAX_DEPTH} levels deep`;
  }
  return null;
}

export const isNameCharacter = (code: number): boolean =>
  (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 58) || code === 45 || code === 95;

/** End of the tag (past its `>`), and about how many attributes it has; a `>` in quotes does not end it. */
export function scanAttributes(html: string, from: number): { end: number; attributes: number } {
  let attributes = 0;
  let word = false;
  for (let at = from; at < html.length; at++) {
    const code = html.charCodeAt(at);
    if (code === 62) return { end: at + 1, attributes };
    if (code <= 32 || code === 47) word = false;
    else if (code === 61) {
      let value = at + 1;
      while (value < html.length && html.charCodeAt(value) <= 32) value++;
      const quote = html.charCodeAt(value);
      if (quote !== 34 && quote !== 39) continue;
      const end = html.indexOf(quote === 34 ? '"' : "'", value + 1);
      if (end < 0) return { end: html.length, attributes };
      at = end;
      word = false;
    } else if (!word) {
      word = true;
      attributes++;
    }
  }
  return { end: html.length, attributes };
}

/** Offset of `</name`, whatever its case; -1 when there is none. */
export function indexOfEndTag(html: string, name: string, from: number): number {
  for (let at = html.indexOf('</', from); at >= 0; at = html.indexOf('</', at + 2)) {
    if (html.slice(at + 2, at + 2 + name.length).toLowerCase() === name) return at;
  }
  return -1;
}

/** An end tag closes everything inside its element; one without a start tag near the top closes nothing. */
function popTo(stack: string[], name: string): void {
  const lowest = Math.max(0, stack.length - 50);
  for (let at = stack.length - 1; at >= lowest; at--) {
    if (stack[at] === name) {
      stack.length = at;
      return;
    }
  }
}
