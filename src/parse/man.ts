import { readText } from './decode.ts';
import { isoDate } from './iso-date.ts';
import { type PageFacts, renderMan } from './man/man-macros.ts';
import { renderMdoc } from './man/mdoc-macros.ts';
import { pageWriter } from './man/page-writer.ts';
import { roffLines } from './man/roff-lines.ts';
import { parsedDocument } from './parsed-document.ts';
import { structuredText } from './structured-text.ts';
import type { Parser } from './types.ts';

/** Manual pages (man and mdoc macros) as a terminal shows them: headings, paragraphs, options as lists, code. */
export const manParser: Parser = {
  type: 'man',
  mediaTypes: ['text/troff', 'application/x-troff-man', 'application/x-troff'],
  extensions: ['man', 'mdoc', 'roff', 'troff'],
  async parse({ bytes, charset, limits }) {
    const { text: source, warnings } = readText(bytes, { charset: charset ?? codingOf(bytes) });
    const text = structuredText(limits.maxTextLength);
    const facts: PageFacts = { name: null, section: null, date: null, source: null };
    const isMdoc = /^[.'][ \t]*(?:Dd|Dt|Sh)\b/m.test(source) && !/^[.'][ \t]*TH\b/m.test(source);
    (isMdoc ? renderMdoc : renderMan)(roffLines(source), pageWriter(text), facts);
    const { title: _first, ...structure } = text.finish();
    const name = ownSpelling(facts.name, structure.text);
    return parsedDocument({
      ...structure,
      type: 'man',
      mediaType: 'text/troff',
      title: name ? `${name}${facts.section ? `(${facts.section})` : ''}` : null,
      modifiedAt: isoDate(facts.date),
      metadata: {
        ...(facts.section ? { section: facts.section.slice(0, 20) } : {}),
        ...(facts.source ? { source: facts.source.slice(0, 200) } : {}),
      },
      warnings,
    });
  },
};

/** `'\" -*- coding: koi8-r -*-` on the first line. */
const codingOf = (bytes: Uint8Array): string | undefined =>
  /^['.]\\"[^\n]{0,100}?coding:\s*([\w-]{3,30})/.exec(
    Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(bytes.length, 200)).toString('latin1'),
  )?.[1];

/** Titles of pages are in capitals, which the text that follows NAME is not. */
function ownSpelling(name: string | null, text: string): string | null {
  if (name === null || name !== name.toUpperCase()) return name;
  const start = text.slice(0, 2_000).toLowerCase().indexOf(name.toLowerCase());
  return start >= 0 ? text.slice(start, start + name.length) : name;
}
