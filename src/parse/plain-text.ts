import { readText } from './decode.ts';
import { paragraphBlocks } from './paragraph-blocks.ts';
import { parsedDocument } from './parsed-document.ts';
import type { Parser } from './types.ts';

/** Text without any markup: paragraphs between blank lines. Also what every unknown text file is read as. */
export const plainTextParser: Parser = {
  type: 'txt',
  mediaTypes: ['text/plain'],
  extensions: ['txt', 'text', 'log', 'me', 'asc', 'nfo'],
  async parse({ bytes, charset }) {
    const { text, warnings } = readText(bytes, { charset });
    return parsedDocument({
      text,
      type: 'txt',
      mediaType: 'text/plain',
      firstLine: 1,
      blocks: paragraphBlocks(text),
      warnings,
    });
  },
};
