import { RagError } from '../platform/errors.ts';

const damaged = (what: string): RagError => new RagError('PARSE_FAILED', { message: `Damaged lz4 data: ${what}.` });

/**
 * Inflates an LZ4 frame; checksums are not checked. Throws PARSE_FAILED for damaged data and PARSE_TOO_LARGE past
 * `maxBytes`, counted while inflating. Source: LZ4 Frame Format 1.6.4 and LZ4 Block Format (lz4/lz4, doc/).
 */
export function inflateLz4(bytes: Uint8Array, maxBytes: number): Uint8Array {
  const input = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
  if (input.length < 11 || input.readUInt32LE(0) !== 0x184d2204) throw damaged('no frame header');
  const flags = input[4]!;
  let at = 7 + (flags & 0x08 ? 8 : 0) + (flags & 0x01 ? 4 : 0);
  const output = new Output(maxBytes);
  while (at + 4 <= input.length) {
    const size = input.readUInt32LE(at);
    at += 4;
    if (size === 0) return output.bytes();
    const length = size & 0x7fffffff;
    if (at + length > input.length) throw damaged('a block ends after the file');
    const block = input.subarray(at, at + length);
    if (size & 0x80000000) output.append(block);
    else inflateBlock(block, output);
    at += length + (flags & 0x10 ? 4 : 0);
  }
  throw damaged('no end mark');
}

function inflateBlock(block: Uint8Array, output: Output): void {
  let at = 0;
  const longLength = (start: number): number => {
    let length = start;
    if (start < 15) return length;
    for (;;) {
      const more = block[at++];
      if (more === undefined) throw damaged('a length is cut off');
      length += more;
      if (more < 255) return length;
    }
  };
  while (at < block.length) {
    const token = block[at++]!;
    const literals = longLength(token >> 4);
    if (at + literals > block.length) throw damaged('literals are cut off');
    output.append(block.subarray(at, at + literals));
    at += literals;
    if (at >= block.length) return;
    const offset = block[at]! | ((block[at + 1] ?? 0) << 8);
    at += 2;
    output.copy(offset, longLength(token & 15) + 4);
  }
}

class Output {
  #buffer = new Uint8Array(64 * 1024);
  #length = 0;
  readonly #maxBytes: number;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  append(part: Uint8Array): void {
    this.#reserve(part.length);
    this.#buffer.set(part, this.#length);
    this.#length += part.length;
  }

  /** Byte by byte, since a match may overlap what it writes. */
  copy(offset: number, length: number): void {
    if (offset === 0 || offset > this.#length) throw damaged('a match points before the beginning');
    this.#reserve(length);
    for (let count = 0; count < length; count++) {
      this.#buffer[this.#length] = this.#buffer[this.#length - offset]!;
      this.#length++;
    }
  }

  bytes(): Uint8Array {
    return this.#buffer.subarray(0, this.#length);
  }

  #reserve(more: number): void {
    const needed = this.#length + more;
    if (needed > this.#maxBytes) {
      throw new RagError('PARSE_TOO_LARGE', { message: `Unpacks to more than ${this.#maxBytes} bytes.` });
    }
    if (needed <= this.#buffer.length) return;
    const larger = new Uint8Array(Math.min(Math.max(needed, this.#buffer.length * 2), this.#maxBytes));
    larger.set(this.#buffer.subarray(0, this.#length));
    this.#buffer = larger;
  }
}
