import { pipeline, type Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';
import { RagError } from '../errors.ts';

export type ReadBodyOptions = {
  /** Value of the Content-Encoding header; empty = plain. */
  readonly encoding: string;
  /** Most bytes, counted on the wire as well as after decoding. */
  readonly maxBytes: number;
};

const DECODERS: Readonly<Record<string, () => NodeJS.ReadWriteStream & Readable>> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/**
 * The whole body of a response, decoded. Reading stops, and the connection is closed, as soon as the body or what it
 * inflates to passes `maxBytes` (SOURCE_REFUSED). Stacked or unknown encodings give SOURCE_FAILED; a broken stream
 * rejects with the stream's own error.
 */
export async function readBody(body: Readable, { encoding, maxBytes }: ReadBodyOptions): Promise<Uint8Array> {
  const encodings = encoding
    .toLowerCase()
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '' && name !== 'identity');
  const createDecoder = encodings.length === 1 ? DECODERS[encodings[0]!] : undefined;
  if (encodings.length > 0 && !createDecoder) {
    body.destroy();
    throw new RagError('SOURCE_FAILED', {
      message: `The answer is encoded as "${encodings.join(', ').slice(0, 80)}", which is not supported (gzip, deflate, br).`,
    });
  }
  if (!createDecoder) return collect(body, maxBytes);
  // The callback has nothing to do: a failure on either side destroys the decoder, and `collect` throws its error.
  return collect(
    pipeline(
      body,
      (source: AsyncIterable<Buffer>) => bounded(source, maxBytes),
      createDecoder(),
      () => {},
    ),
    maxBytes,
  );
}

async function collect(source: AsyncIterable<Buffer>, maxBytes: number): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  for await (const chunk of bounded(source, maxBytes)) chunks.push(chunk);
  return Buffer.concat(chunks);
}

async function* bounded(source: AsyncIterable<Buffer>, maxBytes: number): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const chunk of source) {
    bytes += chunk.length;
    if (bytes > maxBytes) throw tooLarge(maxBytes);
    yield chunk;
  }
}

export const tooLarge = (maxBytes: number): RagError =>
  new RagError('SOURCE_REFUSED', {
    message: `The answer is larger than the limit of ${maxBytes} bytes.`,
    hint: 'Raise the limit with --max-file-size.',
    details: { maxBytes },
  });
