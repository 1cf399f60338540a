import { RagError, throwIfAborted } from '../platform/errors.ts';
import type { SourceDriver } from './types.ts';

/** Longer titles are no names; they would fill every list. */
const MAX_TITLE_LENGTH = 500;

/**
 * What came from standard input cannot be read again: the bytes are handed to ingest by whoever read them. The source
 * is remembered under its title only, lists nothing, is always 'present', and must never be pruned: an empty listing
 * says nothing about what is stored.
 */
export const stdinSource: SourceDriver = {
  kind: 'stdin',
  async list(_spec, runtime) {
    throwIfAborted(runtime.signal);
    return { items: [], skipped: [], root: 'present' };
  },
};

/** `stdin:<title>`, with white space and control characters folded. Throws USAGE for a title that is no name. */
export function stdinUri(title: string): string {
  const name = title
    .normalize('NFC')
    .replace(/[\s\u0000-\u001f\u007f-\u009f]+/g, ' ')
    .trim();
  if (name === '' || name.length > MAX_TITLE_LENGTH) {
    throw new RagError('USAGE', {
      message: `A title must have 1 to ${MAX_TITLE_LENGTH} characters, not ${name.length}.`,
      hint: 'Example: rag add - --title "Meeting of 3 May"',
    });
  }
  return `stdin:${name}`;
}
