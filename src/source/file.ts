import { statSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { throwIfAborted } from '../platform/errors.ts';
import { printableName } from '../platform/printable-name.ts';
import type { Runtime } from '../platform/runtime.ts';
import { DEFAULT_MAX_FILE_BYTES, refuseFile } from './check-file.ts';
import { describeFileError } from './describe-file.ts';
import type { SourceDriver, SourceListing, SourceSpec } from './types.ts';

/**
 * One regular file that was named by itself: extension and ignore files have no say. A file that is gone or may not
 * be read makes the root 'missing', so that what is stored of it stays.
 */
export const fileSource: SourceDriver = {
  kind: 'file',
  async list(spec: SourceSpec, runtime: Runtime): Promise<SourceListing> {
    throwIfAborted(runtime.signal);
    const place = fileURLToPath(spec.uri);
    const path = basename(place);
    try {
      const stat = statSync(place);
      const refusal = refuseFile(place, stat, spec.options.maxFileBytes ?? DEFAULT_MAX_FILE_BYTES);
      if (refusal?.code === 'unreadable') return missing(`${printableName(place)}: ${refusal.message}`);
      if (refusal) return { items: [], skipped: [{ uri: spec.uri, path, ...refusal }], root: 'present' };
      const mtimeMs = Math.trunc(stat.mtimeMs);
      const item = { uri: spec.uri, path, size: stat.size, mtimeMs, content: { kind: 'file', path: place } as const };
      return { items: [item], skipped: [], root: 'present' };
    } catch (error) {
      return missing(`The file ${printableName(place)} cannot be read: ${describeFileError(error)}.`);
    }
  },
};

const missing = (reason: string): SourceListing => ({ items: [], skipped: [], root: 'missing', reason });
