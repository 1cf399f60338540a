import { RagError } from './errors.ts';

/** The longest text of a document, escaped, with what stands around it. */
const MAX_LINE_BYTES = 400_000_000;

/** Lines of UTF-8, without their ends; the last one also where no line end follows. Throws USAGE for a line beyond the bound. */
export async function* readLines(
  bytes: AsyncIterable<Uint8Array | string>,
  maxLineBytes = MAX_LINE_BYTES,
): AsyncGenerator<string> {
  let parts: Buffer[] = [];
  let length = 0;
  for await (const each of bytes) {
    const chunk = Buffer.from(each);
    let start = 0;
    for (let end = chunk.indexOf(10); end >= 0; end = chunk.indexOf(10, start)) {
      yield Buffer.concat([...parts, chunk.subarray(start, end)])
        .toString('utf8')
        .replace(/\r$/, '');
      parts = [];
      length = 0;
      start = end + 1;
    }
    length += chunk.length - start;
    if (length > maxLineBytes) {
      throw new RagError('USAGE', {
        message: `A line has more than ${maxLineBytes} bytes.`,
        hint: 'Name a file with one JSON object in each line.',
      });
    }
    if (start < chunk.length) parts.push(chunk.subarray(start));
  }
  if (length > 0) yield Buffer.concat(parts).toString('utf8').replace(/\r$/, '');
}
