import { isRagError, throwIfAborted } from '../platform/errors.ts';
import type { Runtime } from '../platform/runtime.ts';
import { missingRoot, openFolder, unreadableRoot } from './folder-reader.ts';
import type { SourceDriver, SourceListing, SourceSpec } from './types.ts';

/**
 * All documents of a folder, sorted by path. What is hidden, ignored by .gitignore or .ragignore, or a package, build
 * or cache folder is left out in silence; what stands in the way otherwise is reported in `skipped`.
 */
export const folderSource: SourceDriver = {
  kind: 'folder',
  async list(spec: SourceSpec, runtime: Runtime): Promise<SourceListing> {
    throwIfAborted(runtime.signal);
    const reader = openFolder(spec, runtime);
    if ('reason' in reader) return missingRoot(reader.reason);
    try {
      await reader.takeFolder(reader.view.root);
    } catch (error) {
      if (isRagError(error)) throw error;
      return missingRoot(unreadableRoot(spec, error));
    }
    return reader.listing();
  },
};
