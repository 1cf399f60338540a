import { RagError } from '../platform/errors.ts';
import { type ContentLine, contentLines } from './content-lines.ts';
import { readText } from './decode.ts';
import { parsedDocument } from './parsed-document.ts';
import { structuredText } from './structured-text.ts';
import type { Parser } from './types.ts';
import { cardRecord } from './vcard/card-record.ts';

const MAX_PROPERTIES = 2_000;
/** Pictures, sounds and keys. */
const NOT_TEXT = new Set(['PHOTO', 'LOGO', 'SOUND', 'KEY', 'X-MS-CARDPICTURE', 'VERSION', 'REV', 'UID', 'PRODID']);

/** Address books (vCard 2.1, 3, 4): each card a record under its name. */
export const vcfParser: Parser = {
  type: 'vcf',
  mediaTypes: ['text/vcard', 'text/x-vcard', 'text/directory'],
  extensions: ['vcf', 'vcard'],
  async parse({ bytes, charset, limits }) {
    const { text: source, warnings } = readText(bytes, { charset });
    const text = structuredText(limits.maxTextLength);
    let card: ContentLine[] | null = null;
    let cards = 0;
    let firstName: string | null = null;
    const finish = (): void => {
      if (!card) return;
      const { name, text: body } = cardRecord(card);
      card = null;
      cards++;
      firstName ??= name;
      text.heading(2, name);
      if (body !== '')
        text.append({ text: body, blocks: [{ kind: 'record', span: { start: 0, end: body.length } }], sections: [] });
    };
    for (const line of contentLines(source)) {
      const isCard = line.value.trim().toUpperCase() === 'VCARD';
      if (line.name === 'BEGIN' && isCard) {
        finish();
        card = [];
      } else if (line.name === 'END' && isCard) finish();
      else if (card && card.length < MAX_PROPERTIES && !NOT_TEXT.has(line.name)) card.push(line);
    }
    finish();
    if (cards === 0) throw new RagError('PARSE_FAILED', { message: 'Not an address book: it has no BEGIN:VCARD.' });
    const { title: _first, ...structure } = text.finish();
    return parsedDocument({
      ...structure,
      type: 'vcf',
      mediaType: 'text/vcard',
      title: cards === 1 ? firstName : null,
      metadata: { cards },
      warnings,
    });
  },
};
