import { statSync } from 'node:fs';
import type { AppContext } from '../app-context.ts';
import { waitForWriteLock } from '../wait-for-write-lock.ts';
import type { CompactReport } from './types.ts';

/** Writes the file anew without the room of what was removed, and brings the indexes into their smallest form. */
export async function compact(context: AppContext, signal?: AbortSignal): Promise<CompactReport> {
  const { store, runtime } = context;
  const started = runtime.clock.now();
  await waitForWriteLock(context, signal);
  const bytesBefore = bytesOf(store.path);
  store.compact();
  return { bytesBefore, bytesAfter: bytesOf(store.path), elapsedMs: runtime.clock.now() - started };
}

/** Of the file and its log. */
const bytesOf = (path: string): number =>
  [path, `${path}-wal`].reduce((sum, file) => sum + (statSync(file, { throwIfNoEntry: false })?.size ?? 0), 0);
