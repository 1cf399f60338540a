import { randomBytes } from 'node:crypto';
import { closeSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { RagError } from '../../../platform/errors.ts';

export type SpoolFile = {
  readonly file: string;
  readonly length: number;
  append(bytes: Uint8Array): void;
  close(): void;
};

/** A file for one reader only, made with the first byte. Throws PARSE_TOO_LARGE past `maxBytes`. */
export function createSpoolFile(folder: string, maxBytes: number): SpoolFile {
  const file = join(folder, randomBytes(12).toString('hex'));
  let descriptor: number | null = null;
  let length = 0;
  return {
    file,
    get length() {
      return length;
    },
    append(bytes) {
      if (length + bytes.length > maxBytes) {
        throw new RagError('PARSE_TOO_LARGE', {
          message: `It unpacks to more than ${maxBytes} bytes.`,
          hint: 'Unpack it, and add the folder.',
        });
      }
      descriptor ??= openSync(file, 'wx', 0o600);
      for (let at = 0; at < bytes.length; ) at += writeSync(descriptor, bytes, at);
      length += bytes.length;
    },
    close() {
      if (descriptor !== null) closeSync(descriptor);
      descriptor = null;
    },
  };
}
