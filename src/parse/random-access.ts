import { readSync } from 'node:fs';
import { RagError } from '../platform/errors.ts';

/** Bytes that are read where they are wanted. */
export type RandomAccess = {
  readonly length: number;
  /** The bytes from `start` on; fewer than asked for past the end. */
  read(start: number, length: number): Buffer;
};

export function bytesAccess(bytes: Uint8Array): RandomAccess {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return { length: buffer.length, read: (start, length) => buffer.subarray(start, start + length) };
}

/** A stretch of an open file. Throws PARSE_FAILED where the file turns out to be shorter than it was. */
export function fileAccess(
  descriptor: number,
  stretch: { readonly start: number; readonly length: number },
): RandomAccess {
  return {
    length: stretch.length,
    read(start, length) {
      const wanted = Math.max(0, Math.min(length, stretch.length - start));
      const buffer = Buffer.allocUnsafe(wanted);
      let filled = 0;
      while (filled < wanted) {
        const count = readSync(descriptor, buffer, filled, wanted - filled, stretch.start + start + filled);
        if (count === 0) throw new RagError('PARSE_FAILED', { message: 'It became shorter while it was read.' });
        filled += count;
      }
      return buffer;
    },
  };
}
