import iconv from 'iconv-lite';

/**
 * Bytes in a named encoding to text; broken sequences become U+FFFD. TextDecoder where the platform knows the name,
 * since it follows the web's tables; iconv for the rest (DOS code pages, UTF-32); seven-bit Korean and Chinese by
 * hand, which neither has. Throws for a name that nobody knows.
 */
export function decodeAs(bytes: Uint8Array, encoding: string): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (encoding === 'utf-8') return buffer.toString('utf8');
  if (encoding === 'iso-2022-kr') return new TextDecoder('euc-kr').decode(withHighBits(bytes, [0x0e], [0x0f]));
  if (encoding === 'hz-gb-2312')
    return new TextDecoder('gb18030').decode(withHighBits(bytes, [0x7e, 0x7b], [0x7e, 0x7d]));
  const decoder = textDecoder(encoding);
  if (!decoder) return iconv.decode(buffer, encoding);
  // Node 20 reads windows-1252 (and Latin-1, which the web takes for the same) as ISO 8859-1 and so loses its quotes.
  return decoder.encoding === 'windows-1252' ? iconv.decode(buffer, 'windows-1252') : decoder.decode(bytes);
}

export const isKnownEncoding = (encoding: string): boolean =>
  textDecoder(encoding) !== null || iconv.encodingExists(encoding);

function textDecoder(encoding: string): TextDecoder | null {
  try {
    return new TextDecoder(encoding);
  } catch {
    // The constructor is the only way to ask.
    return null;
  }
}

/** Between a shift-in and a shift-out sequence, sets the high bit of every byte; the sequences themselves go. */
function withHighBits(bytes: Uint8Array, shiftIn: readonly number[], shiftOut: readonly number[]): Uint8Array {
  const result = new Uint8Array(bytes.length);
  let length = 0;
  let shifted = false;
  for (let at = 0; at < bytes.length; at++) {
    const sequence = shifted ? shiftOut : shiftIn;
    if (sequence.every((byte, index) => bytes[at + index] === byte)) {
      shifted = !shifted;
      at += sequence.length - 1;
    } else {
      const byte = bytes[at]!;
      result[length++] = shifted && byte > 0x20 ? byte | 0x80 : byte;
    }
  }
  return result.subarray(0, length);
}
