import { inflateSync } from 'node:zlib';
import { RagError } from '../../platform/errors.ts';

// Deflate cannot expand by more than this; a shorter stream with one filter is safe unread.
const largestDeflateRatio = 1032;
// The largest page, font or object stream that a real file needs is well below this; pdfjs holds a stream whole, and
// its growing buffer costs three times the size.
const largestStreamBytes = 64 * 1024 * 1024;
const dictionaryWindowBytes = 2048;

/**
 * Refuse a PDF with a stream that inflates out of proportion, before pdfjs sees it: pdfjs inflates without a bound.
 * Images are left out, since text extraction never decodes them. What cannot be inflated (encrypted, damaged) is
 * left to pdfjs.
 *
 * @throws RagError PARSE_TOO_LARGE
 */
export function refuseStreamBombs(bytes: Uint8Array, maxInflatedBytes: number): void {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const limit = Math.min(maxInflatedBytes, largestStreamBytes);
  for (let at = buffer.indexOf('stream'); at !== -1; at = buffer.indexOf('stream', at + 6)) {
    if (buffer.toString('latin1', Math.max(0, at - 3), at) === 'end') continue;
    const before = buffer.toString('latin1', Math.max(0, at - dictionaryWindowBytes), at);
    const dictionary = before.slice(before.lastIndexOf('obj') + 3);
    if (/\/Subtype\s*\/Image\b/.test(dictionary)) continue;
    const filters = dictionary.match(/\/(?:FlateDecode|Fl)\b/g)?.length ?? 0;
    if (filters === 0) continue;
    const end = buffer.indexOf('endstream', at);
    const start =
      at +
      6 +
      (buffer[at + 6] === 0x0d ? 1 : 0) +
      (buffer[at + 6 + (buffer[at + 6] === 0x0d ? 1 : 0)] === 0x0a ? 1 : 0);
    const data = buffer.subarray(start, end === -1 ? buffer.length : end);
    if (data.length * largestDeflateRatio ** filters > limit) inflateWithin(data, filters, limit);
  }
}

function inflateWithin(data: Buffer, filters: number, limit: number): void {
  let layer = data;
  for (let filter = 0; filter < filters; filter++) {
    try {
      layer = inflateSync(layer, { maxOutputLength: limit });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ERR_BUFFER_TOO_LARGE') return;
      throw new RagError('PARSE_TOO_LARGE', {
        message: `A stream of ${data.length} bytes in this PDF inflates to more than ${limit} bytes (decompression bomb).`,
        hint: 'Do not trust this file. If it is genuine, write it anew with another program, for example `qpdf in.pdf out.pdf`.',
        details: { limit },
      });
    }
  }
}
