import { setTimeout as delay } from 'node:timers/promises';
import { startFolderWatcher } from '../../source/watch/folder-watcher.ts';
import type { AppContext } from '../app-context.ts';
import { NO_COUNTS } from '../ingest/empty-report.ts';
import { type IngestContext, ingestContext } from '../ingest/ingest-context.ts';
import type { ItemStatus } from '../types.ts';
import { waitForWriteLock } from '../wait-for-write-lock.ts';
import { chooseSources } from './choose-sources.ts';
import type { WatchEvent, WatchOptions } from './types.ts';
import { takeWatchLock } from './watch-lock.ts';
import { createWatch, type WatchDrivers } from './watch-loop.ts';

const systemDrivers: WatchDrivers = {
  startFolderWatcher,
  wait: (ms, signal) => delay(ms, undefined, { signal }).catch(() => {}),
};

/**
 * Brings the database in step with its folders and files, and keeps it so until the signal fires. The last event is
 * always `watch-end`. Throws as `chooseSources` does, and what concerns the database.
 */
export async function* watchSources(
  context: AppContext,
  options: WatchOptions,
  drivers: WatchDrivers = systemDrivers,
): AsyncIterable<WatchEvent> {
  const { clock } = context.runtime;
  const { signal } = options;
  const base = ingestContext(context);
  const started = clock.now();
  const lock = options.once
    ? null
    : takeWatchLock(context.store.path, { force: options.force ?? false, nowMs: started });
  const pool = base.startPool();
  // One pool for the whole watch: an ingest that ends leaves it, unless everything does.
  const warm: IngestContext = {
    ...base,
    startPool: () => ({ run: pool.run, close: () => (signal?.aborted ? pool.close() : undefined) }),
  };
  const counts = { ...NO_COUNTS };
  let watch: ReturnType<typeof createWatch> | undefined;
  try {
    await waitForWriteLock(context, signal);
    watch = createWatch(warm, options, drivers, await chooseSources(warm, options));
    for await (const event of watch.run()) {
      if (event.type === 'look-end') {
        for (const status of Object.keys(counts) as ItemStatus[]) counts[status] += event.counts[status];
      }
      yield event;
    }
    const report = { counts, elapsedMs: clock.now() - started, problems: watch.problems() };
    yield { type: 'watch-end', report };
  } finally {
    await watch?.close();
    pool.close();
    lock?.release();
  }
}
