import type { Section } from '../domain/document.ts';
import { RagError } from '../platform/errors.ts';
import { normalizeText } from './normalize-text.ts';
import { paragraphBlocks } from './paragraph-blocks.ts';
import { parsedDocument } from './parsed-document.ts';
import { recognitionWarnings } from './recognition-warnings.ts';
import { signatureOf } from './signatures.ts';
import type { ParsedDocument, ParseInput, Parser } from './types.ts';

/** Extensions of pictures whose text can be recognised. */
export const PICTURE_EXTENSIONS: readonly string[] = ['png', 'jpg', 'jpeg', 'jpe', 'gif', 'tif', 'tiff', 'webp', 'bmp'];

/**
 * A picture: its text is what was recognised on it, page by page where it has several (TIFF). Without that it is left out
 * (PARSE_LEFT_OUT with `picturePages`); PARSE_NO_TEXT when nothing was recognised.
 */
export const imageParser: Parser = {
  type: 'image',
  mediaTypes: ['image/png', 'image/jpeg', 'image/gif', 'image/tiff', 'image/webp', 'image/bmp'],
  extensions: PICTURE_EXTENSIONS,
  async parse({ bytes, mediaType, recognized }: ParseInput): Promise<ParsedDocument> {
    const what = signatureOf(bytes)?.looksLike ?? 'a picture';
    if (!recognized) {
      throw new RagError('PARSE_LEFT_OUT', {
        message: `It is ${what}.`,
        hint: 'Add it with --ocr, which has Tesseract read its text.',
        details: { picturePages: [1] },
      });
    }
    const sections: Section[] = [];
    let text = '';
    for (const page of recognized) {
      const own = normalizeText(page.text).trim();
      if (own === '') continue;
      if (text !== '') text += '\n\n';
      sections.push({ kind: 'page', page: page.page, span: { start: text.length, end: text.length + own.length } });
      text += own;
    }
    if (!/[\p{L}\p{N}]/u.test(text)) {
      throw new RagError('PARSE_NO_TEXT', { message: `It is ${what}, and no text was recognised on it.` });
    }
    return parsedDocument({
      text,
      type: 'image',
      mediaType: mediaType ?? 'image',
      sections,
      blocks: paragraphBlocks(text),
      warnings: recognitionWarnings(recognized),
    });
  },
};
