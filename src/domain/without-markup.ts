const LINK = /!?\[([^[\]]{0,300})\]\((?:[^()\s]|\([^()\s]{0,200}\)){0,2000}(?:\s+"[^"]{0,200}")?\)/g;
const WIKI_LINK = /\[\[([^[\]|]{1,200})(?:\|([^[\]]{1,200}))?\]\]/g;
const REFERENCE_LINK = /(?<![\p{L}\p{N}\])])\[([^[\]]{1,300})\]\[[^[\]]{0,100}\]/gu;
const FOOTNOTE_MARK = /\[\^[^\]\s]{1,40}\](?::\s*)?/g;
const AUTOLINK = /<((?:https?:\/\/|mailto:)[^<>\s]{1,2000})>/g;
const CODE = /(`{1,2})([^`]{1,400})\1/;
const STRONG = /(?<!\*)(\*{2,3})(?=[^\s*])([^*]{1,600})(?<=\S)\1(?!\*)/g;
const EMPHASIS = /(?<![\p{L}\p{N}*])\*(?=[^\s*])([^*]{1,600})(?<=\S)\*(?![\p{L}\p{N}*])/gu;
/** Two underlines around one word are a name of Python more often than emphasis. */
const UNDERLINED =
  /(?<![\p{L}\p{N}_])(?:_(?=[^\s_])([^_]{1,600})(?<=\S)_|__(?=[^\s_])([^\s_]{1,100}\s[^_]{1,500})(?<=\S)__)(?![\p{L}\p{N}_])/gu;
const ESCAPE = /\\([\\`*_{}[\]()#+\-.!|<>~])/g;

/**
 * Running text without the marks that Markdown puts inside of a line, for reading: a link is its wording, emphasis and
 * code are their words, an escaped character is itself, the number of a footnote is gone. What only looks like a mark
 * (`2 * 3`, `snake_case`, `list[0]`) stays. Never throws; the bounds keep hostile text linear.
 */
export function withoutMarkup(text: string): string {
  if (!/[`*_\\[\]<]/.test(text)) return text;
  const unlinked = text
    .replace(LINK, '$1')
    .replace(WIKI_LINK, (_, target: string, label?: string) => label ?? target)
    .replace(REFERENCE_LINK, '$1')
    .replace(FOOTNOTE_MARK, '')
    .replace(AUTOLINK, '$1');
  // Plain text, ticks and the code between them in turn; code holds no marks.
  return unlinked
    .split(new RegExp(CODE, 'g'))
    .map((part, index) => (index % 3 === 0 ? withoutEmphasis(part) : index % 3 === 1 ? '' : part))
    .join('');
}

const withoutEmphasis = (text: string): string =>
  text.replace(STRONG, '$2').replace(EMPHASIS, '$1').replace(UNDERLINED, '$1$2').replace(ESCAPE, '$1');

/** Types whose text has no Markdown in it; every other parser tells structure by its marks. */
const UNMARKED_TYPES: ReadonlySet<string> = new Set([
  'adoc',
  'code',
  'csv',
  'ics',
  'json',
  'man',
  'opml',
  'org',
  'pdf',
  'rst',
  'subtitles',
  'tex',
  'txt',
  'vcf',
]);

/** Whether the text of documents of a type (`SourceRef.type`) holds Markdown. */
export const hasMarkup = (type: string): boolean => !UNMARKED_TYPES.has(type);
