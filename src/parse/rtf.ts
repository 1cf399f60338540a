import { RagError } from '../platform/errors.ts';
import { isJunkTitle } from './junk-title.ts';
import { parsedDocument } from './parsed-document.ts';
import { readRtf } from './rtf/reader.ts';
import { structuredText } from './structured-text.ts';
import type { ParsedDocument, ParseInput, Parser } from './types.ts';

const mediaType = 'application/rtf';

/** Rich Text Format: paragraphs, headings by outline level, tables; hidden text, pictures and field codes are left out. */
export const rtfParser: Parser = {
  type: 'rtf',
  mediaTypes: [mediaType, 'text/rtf'],
  extensions: ['rtf'],
  async parse({ bytes, limits }: ParseInput): Promise<ParsedDocument> {
    if (Buffer.from(bytes.subarray(0, 64)).toString('latin1').trimStart().slice(0, 5) !== '{\\rtf')
      throw new RagError('PARSE_FAILED', { message: 'Not RTF: it does not begin with "{\\rtf".' });
    const text = structuredText(limits.maxTextLength);
    const { info } = await readRtf(bytes, text);
    const { title, ...structure } = text.finish();
    return parsedDocument({
      ...structure,
      type: 'rtf',
      mediaType,
      title: info.title && !isJunkTitle(info.title) ? info.title : title,
      modifiedAt: info.modifiedAt,
      metadata: info.author ? { author: info.author } : {},
    });
  },
};
