import { indexOfEndTag, isNameCharacter, scanAttributes } from './html-shape.ts';

/** Elements whose content is not for readers. */
const UNREAD = new Set('script style noscript template iframe object svg head title'.split(' '));
const INLINE = new Set(
  'a abbr b bdi bdo big cite code em font i kbd mark q s samp small span strong sub sup tt u var wbr'.split(' '),
);

/**
 * The text of HTML that is too deep, wide or long for a DOM: tags out, a new paragraph at each block element, no
 * structure. Entities are left as they are. Linear.
 */
export function flatText(html: string): string {
  const parts: string[] = [];
  let textStart = 0;
  let at = html.indexOf('<');
  const flush = (end: number): void => {
    if (end > textStart) parts.push(html.slice(textStart, end).replace(/\s+/g, ' '));
  };
  while (at >= 0) {
    if (html.startsWith('<!--', at)) {
      flush(at);
      const end = html.indexOf('-->', at + 4);
      textStart = end < 0 ? html.length : end + 3;
    } else {
      const closing = html.charCodeAt(at + 1) === 47;
      const nameStart = at + (closing ? 2 : 1);
      let nameEnd = nameStart;
      while (isNameCharacter(html.charCodeAt(nameEnd))) nameEnd++;
      const declaration = html.charCodeAt(at + 1) === 33 || html.charCodeAt(at + 1) === 63;
      if (nameEnd === nameStart && !declaration) {
        at = html.indexOf('<', at + 1);
        continue;
      }
      flush(at);
      const name = html.slice(nameStart, Math.min(nameEnd, nameStart + 30)).toLowerCase();
      textStart = scanAttributes(html, nameEnd).end;
      if (!INLINE.has(name)) parts.push('\n\n');
      if (!closing && UNREAD.has(name)) {
        const end = indexOfEndTag(html, name, textStart);
        if (end >= 0) textStart = end;
        else if (name === 'script' || name === 'style') textStart = html.length;
      }
    }
    at = html.indexOf('<', textStart);
  }
  flush(html.length);
  return parts
    .join('')
    .replace(/ *\n[\n ]*/g, '\n\n')
    .trim();
}
