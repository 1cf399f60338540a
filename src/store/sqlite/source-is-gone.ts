import { RagError } from '../../platform/errors.ts';

/** For a write on behalf of a source that another process has removed since the work on it began. */
export const sourceIsGone = (path: string): RagError =>
  new RagError('SOURCE_MISSING', {
    message: `The source of ${path} was removed from the database while it was read.`,
    hint: 'Add it again if that was not meant.',
  });
