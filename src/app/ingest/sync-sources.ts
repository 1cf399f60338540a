import type { AppContext } from '../app-context.ts';
import type { IngestEvent, SyncOptions } from '../types.ts';
import { ingest } from './ingest.ts';
import { ingestContext } from './ingest-context.ts';

/** Brings every remembered source in step, or those of one collection. Pages are left as they are while offline. */
export function syncSources(context: AppContext, options: SyncOptions): AsyncIterable<IngestEvent> {
  const { store, settings } = context;
  const { collection, dryRun = false, pruneMissing = false, signal } = options;
  // What came from standard input cannot be read again.
  const sources = () =>
    store.sources(collection).filter(({ kind }) => kind !== 'stdin' && !(kind === 'url' && settings.offline));
  return ingest(ingestContext(context), sources, { dryRun, pruneMissing, signal, retryFailures: false });
}
