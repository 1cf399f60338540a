export type TextStart = {
  readonly type: string;
  readonly looksLike: string;
  /** Whether nothing else begins like this, so that it counts for more than the name of the file. */
  readonly sure: boolean;
};

/** Formats that are known by their first words. Sources: their specifications. */
const STARTS: readonly (TextStart & { readonly pattern: RegExp })[] = [
  { type: 'ics', looksLike: 'a calendar', sure: true, pattern: /^BEGIN:VCALENDAR[ \t\r]*(?:\n|$)/i },
  { type: 'vcf', looksLike: 'an address book', sure: true, pattern: /^BEGIN:VCARD[ \t\r]*(?:\n|$)/i },
  { type: 'subtitles', looksLike: 'subtitles (WebVTT)', sure: true, pattern: /^WEBVTT(?=[ \t\r\n]|$)/ },
  {
    type: 'subtitles',
    looksLike: 'subtitles (SubRip)',
    sure: false,
    pattern: /^\d{1,6}[ \t]*\r?\n\d{1,3}:\d{2}:\d{2}[,.]\d{1,3} --> \d{1,3}:\d{2}:\d{2}[,.]\d/,
  },
  { type: 'tex', looksLike: 'LaTeX', sure: false, pattern: /^\\document(?:class|style)\s*[[{]/ },
  {
    type: 'man',
    looksLike: 'a manual page',
    sure: false,
    pattern: /^[.'][ \t]*(?:TH[ \t]+["\w]|Dd[ \t]|Dt[ \t]+["\w])/,
  },
  {
    type: 'man',
    looksLike: 'a manual page that stands for another',
    sure: false,
    pattern: /^\.so[ \t]+\S+\/\S+\.\w+[ \t\r]*(?:\n|$)/,
  },
  { type: 'org', looksLike: 'Org', sure: false, pattern: /^#\+(?:TITLE|STARTUP|OPTIONS|AUTHOR):/i },
];

/** Comments of TeX and of roff, requests of roff without a name, blank lines. */
const COMMENT = /^(?:[ \t]*%|[.']\\["#]|[.']?[ \t\r]*$)/;
const PAGE_TITLE = /^[.'][ \t]*(?:TH[ \t]+["\w]|Dd[ \t]|Dt[ \t]+["\w])/;
const PAGE_NAME = /\.(?:[1-9][a-z]{0,4}|[nl])$/i;

/**
 * What a text begins with, past blank lines and comments; null when that says nothing.
 *
 * @param name of the file: a log that was rotated and a page of the manual are both called `.1`
 */
export function textStart(head: string, name: string): TextStart | null {
  const lines = head.replace(/^(?:\ufeff|\u00ef\u00bb\u00bf)/, '').split('\n');
  const firstAt = lines.findIndex((line) => !COMMENT.test(line.slice(0, 200)));
  const isRoffComment = /^[.']\\"/.test(lines[0] ?? '');
  if (firstAt < 0) return isRoffComment && PAGE_NAME.test(name) ? page : null;
  const start = lines
    .slice(firstAt, firstAt + 2)
    .join('\n')
    .slice(0, 200)
    .trimEnd();
  for (const { pattern, ...found } of STARTS) if (pattern.test(start)) return found;
  // Definitions come before the title of a page that a program wrote.
  if (!isRoffComment && !/^[.'][ \t]*(?:if|ie|de|ds|nr|ad|nh|hy|pc|als|tr)\b/.test(start)) return null;
  return lines.some((line) => PAGE_TITLE.test(line.slice(0, 100))) || (isRoffComment && PAGE_NAME.test(name))
    ? page
    : null;
}

const page: TextStart = { type: 'man', looksLike: 'a manual page', sure: false };
