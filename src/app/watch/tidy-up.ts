import { isRagError } from '../../platform/errors.ts';
import type { AppContext } from '../app-context.ts';
import { areTitlesLinked } from '../ingest/are-titles-linked.ts';
import { MANY_CHANGES } from '../ingest/ingest.ts';
import { linkDocumentTitles } from '../ingest/link-document-titles.ts';

export type TidyUp = {
  /** Notes that so many documents changed. */
  changed(count: number): void;
  /** Does what searches would else do, as far as it comes until the signal fires. */
  run(signal: AbortSignal): Promise<void>;
};

/** What an ingest does at its end, done when nothing happens: the next change need not wait for it. */
export function createTidyUp({ store, graph }: Pick<AppContext, 'store' | 'graph'>): TidyUp {
  let changes = 0;
  return {
    changed(count) {
      changes += count;
    },
    async run(signal) {
      if (signal.aborted || store.writeLock()) return;
      try {
        if (!areTitlesLinked(store)) await linkDocumentTitles(store, { signal });
      } catch (error) {
        // Another process began to write, and goes on: there is another time.
        if (isRagError(error) && error.code === 'DB_BUSY') return;
        throw error;
      }
      if (changes < MANY_CHANGES || signal.aborted) return;
      changes = 0;
      graph?.prepare();
    },
  };
}
