import { Readability } from '@mozilla/readability';
import { parseHTML } from 'linkedom';
import mammoth from 'mammoth';
import { PDFParse } from 'pdf-parse';
import TurndownService from 'turndown';

/**
 * The text that the usual libraries give, used as their documentation shows: what the program's own readers are
 * measured against. Null for a type that none of them reads, empty when they fail.
 */
export async function readWithLibraries(type: string, bytes: Buffer): Promise<string | null> {
  const reader = readers[type];
  if (!reader) return null;
  try {
    return await reader(bytes);
  } catch {
    // A library that throws has read nothing; that is its figure.
    return '';
  }
}

const readers: Readonly<Record<string, (bytes: Buffer) => Promise<string>>> = {
  async pdf(bytes) {
    const parser = new PDFParse({ data: new Uint8Array(bytes) });
    try {
      return (await parser.getText({ pageJoiner: '' })).text;
    } finally {
      await parser.destroy();
    }
  },
  async docx(bytes) {
    const { value } = await mammoth.convertToHtml(
      { buffer: bytes },
      { convertImage: mammoth.images.imgElement(async () => ({ src: '' })) },
    );
    return new TurndownService().turndown(value);
  },
  async html(bytes) {
    const { document } = parseHTML(bytes.toString('utf8'));
    const article = new Readability(document as never).parse();
    return new TurndownService().turndown(article?.content ?? '');
  },
};
