import { RagError } from '../../platform/errors.ts';
import type { SourceKind } from '../../source/types.ts';
import type { AppContext } from '../app-context.ts';
import type { IngestEvent, SyncOptions } from '../types.ts';
import { ingest } from './ingest.ts';
import { ingestContext } from './ingest-context.ts';

/**
 * Brings every remembered source in step, or those of one collection. Pages are left as they are while offline.
 * Throws NOT_FOUND when there is no such collection.
 */
export function syncSources(context: AppContext, options: SyncOptions): AsyncIterable<IngestEvent> {
  const { store, settings } = context;
  const { collection, dryRun = false, pruneMissing = false, signal } = options;
  if (collection !== undefined && !store.collections().some(({ name }) => name === collection)) {
    throw new RagError('NOT_FOUND', {
      message: `There is no collection "${collection}".`,
      hint: 'See `rag collection list`.',
    });
  }
  // What came from standard input cannot be read again.
  const sources = () =>
    store
      .sources(collection)
      .filter(({ kind }) => kind !== 'stdin' && kind !== 'import' && !(isRemote(kind) && settings.offline));
  return ingest(ingestContext(context), sources, { dryRun, pruneMissing, signal, retryFailures: false });
}

const isRemote = (kind: SourceKind): boolean => kind === 'url' || kind === 'site';
