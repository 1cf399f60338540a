import { hasMarkup, withoutMarkup } from '../domain/without-markup.ts';

const FENCE = /^(?:```|~~~)/;
const HEADING = /^#{1,6}[ \t]+(\S.*)$/;
/** The line below a heading, between blocks, or below the header of a table. */
const RULE = /^(?:=+|(?:[-*_][ \t]*){3,}|\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?)$/;
const TABLE_ROW = /^\|(.*)\|$/;
const QUOTE = /^(?:>[ \t]?)+/;
const BULLET = /^[-*+][ \t]+(?:\[[ xX]\][ \t]+)?/;

/**
 * The text of a passage as people read it on one line: headings lead to what follows with a colon, list items have a
 * bullet, the cells of a table are parted by dots and its rows by semicolons, links and emphasis are their words.
 * Headings at the beginning that `known` has already are left out, unless nothing else is there. Types without markup,
 * and code within the others, stay as they are.
 */
export function readableText(text: string, type: string, known: readonly string[] = []): string {
  if (!hasMarkup(type)) return text;
  const shownAlready = new Set(known.map(plain));
  const parts: string[] = [];
  let running = '';
  let heading = '';
  let code = false;
  const flush = () => {
    if (running !== '') parts.push(withoutMarkup(running));
    running = '';
  };
  const add = (words: string, separator = ' ') => {
    const lead = heading === '' ? '' : /[\p{L}\p{N}\p{M})\]”"'’»]$/u.test(heading) ? `${heading}: ` : `${heading} `;
    running += `${running === '' ? '' : separator}${lead}${words}`;
    heading = '';
  };
  let inTable = false;
  for (const line of text.split('\n')) {
    const content = line.trim();
    if (FENCE.test(content)) {
      flush();
      code = !code;
    } else if (code) {
      parts.push(line);
    } else if (HEADING.test(content)) {
      const words = headingOf(content);
      if (heading !== '') add('');
      else if (parts.length === 0 && running === '' && shownAlready.has(plain(words))) continue;
      heading = words;
    } else if (content !== '' && !RULE.test(content)) {
      const row = TABLE_ROW.exec(content)?.[1];
      if (row === undefined) add(content.replace(QUOTE, '').replace(BULLET, '• '));
      else add(cells(row), inTable ? '; ' : ' ');
      inTable = row !== undefined;
    }
  }
  if (heading !== '') running += `${running === '' ? '' : ' '}${heading}`;
  flush();
  const readable = parts.join('\n').trim();
  return readable === '' ? withoutMarkup(text.replace(/^[\s#]+/, '')) : readable;
}

/** Words of a heading, without the marks that may close it. */
function headingOf(line: string): string {
  const words = HEADING.exec(line)?.[1] ?? '';
  let end = words.length;
  while (words[end - 1] === '#') end--;
  return words[end - 1] === ' ' ? words.slice(0, end).trimEnd() : words;
}

const cells = (row: string): string =>
  row
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim())
    .filter((cell) => cell !== '')
    .join(' · ');

const plain = (heading: string): string => withoutMarkup(heading).replace(/\s+/g, ' ').trim().toLowerCase();
