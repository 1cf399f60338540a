import { throwIfAborted } from '../platform/errors.ts';
import type { SourceDriver } from './types.ts';

/** What was imported is handed to ingest by whoever read the file; as with standard input, an empty list says nothing. */
export const importedSource: SourceDriver = {
  kind: 'import',
  async list(_spec, runtime) {
    throwIfAborted(runtime.signal);
    return { items: [], skipped: [], root: 'present' };
  },
};
