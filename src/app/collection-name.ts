import { RagError } from '../platform/errors.ts';

export const DEFAULT_COLLECTION = 'default';

/** The name, if it can be one of a collection. Throws USAGE. */
export function checkedCollectionName(name: string): string {
  if (/^[\p{L}\p{N}][\p{L}\p{N}._-]{0,63}$/u.test(name)) return name;
  throw new RagError('USAGE', {
    message: `"${name}" cannot be the name of a collection.`,
    hint: 'Use letters, digits, dot, dash and underscore, 64 at most, beginning with a letter or digit.',
  });
}
