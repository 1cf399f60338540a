import { readFileSync, statSync } from 'node:fs';

/**
 * Text of a regular file of at most so many bytes, without its byte order mark. Throws the error of the system, or says
 * that it is something else or too large: a device or a pipe is never opened.
 */
export function readSmallFile(file: string, maxBytes: number): string {
  const facts = statSync(file);
  if (!facts.isFile()) throw new Error('it is not a regular file');
  if (facts.size > maxBytes) throw new Error(`it has ${facts.size} bytes, more than ${maxBytes}`);
  return readFileSync(file, 'utf8').replace(/^\uFEFF/, '');
}
