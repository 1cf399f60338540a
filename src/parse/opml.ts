import { RagError } from '../platform/errors.ts';
import { isoDate } from './iso-date.ts';
import { parsedDocument } from './parsed-document.ts';
import { structuredText } from './structured-text.ts';
import type { Parser } from './types.ts';
import { readXml } from './xml.ts';

/** Entries are lines; a longer one is a file that was put into an attribute. */
const MAX_ENTRY_LENGTH = 50_000;

/** Lists of feeds and outlines (OPML 1 and 2): a nested list, each entry with its links and its note. */
export const opmlParser: Parser = {
  type: 'opml',
  mediaTypes: ['text/x-opml', 'application/opml+xml'],
  extensions: ['opml'],
  async parse({ bytes, limits }) {
    const text = structuredText(limits.maxTextLength);
    const head: Record<string, string> = {};
    let headField: string | null = null;
    let isOpml = false;
    let inHead = false;
    let depth = 0;
    let outlines = 0;
    readXml(bytes, 'the outline', {
      open(name, attributes) {
        if (name === 'opml') isOpml = true;
        else if (name === 'head') inHead = true;
        else if (name === 'outline') {
          text.listItem(entry(attributes), depth, '-');
          depth++;
          outlines++;
        } else if (inHead) headField = name;
      },
      close(name) {
        if (name === 'head') inHead = false;
        else if (name === 'outline') depth--;
        headField = null;
      },
      text(part) {
        if (headField !== null && part.trim() !== '')
          head[headField] = `${head[headField] ?? ''}${part}`.slice(0, 2_000).trim();
      },
    });
    if (!isOpml || outlines === 0)
      throw new RagError(isOpml ? 'PARSE_NO_TEXT' : 'PARSE_FAILED', {
        message: isOpml ? 'The outline has no entries.' : 'Not an outline: its root is not <opml>.',
      });
    const { title: _none, ...structure } = text.finish();
    return parsedDocument({
      ...structure,
      type: 'opml',
      mediaType: 'text/x-opml',
      title: head.title ?? null,
      modifiedAt: isoDate(head.dateModified) ?? isoDate(head.dateCreated),
      metadata: { outlines, ...(head.ownerName ? { author: head.ownerName } : {}) },
    });
  },
};

/** `Title (address)`, the note below; an entry that only has an address is its address. */
function entry(attributes: Readonly<Record<string, string>>): string {
  const words = plain(attributes.text || attributes.title || '');
  const title = attributes.title && plain(attributes.title) !== words ? plain(attributes.title) : '';
  const links = [...new Set([attributes.htmlUrl, attributes.xmlUrl, attributes.url].filter(Boolean))].join(' ');
  const first = [words, title && `– ${title}`, links && (words ? `(${links})` : links)].filter(Boolean).join(' ');
  const note = plain(attributes._note ?? attributes.description ?? '');
  return [first || '–', note !== words && note].filter(Boolean).join('\n');
}

/** Some programs write HTML into the text of an entry. */
const plain = (text: string): string =>
  text
    .slice(0, MAX_ENTRY_LENGTH)
    .replace(/<\/?[a-zA-Z][^<>]{0,500}>/g, '')
    .replace(/[ \t]+/g, ' ')
    .trim();
