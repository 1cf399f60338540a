import { statSync } from 'node:fs';
import type { AppContext } from './app-context.ts';
import { type StoredTuning, unpackTuning } from './evaluate/tuning-note.ts';
import type { StatusReport } from './types.ts';
import { usageFigures } from './usage/usage-figures.ts';

/** What the database holds. */
export function status(context: Pick<AppContext, 'store' | 'results' | 'runtime'>): StatusReport {
  const { store } = context;
  return {
    path: store.path,
    bytes: fileBytes(store.path) + fileBytes(`${store.path}-wal`),
    schemaVersion: store.schemaVersion,
    collections: store.collections(),
    sources: store.sources().map(({ row, kind, uri, collection, options, documents, failures, addedAt, syncedAt }) => ({
      id: row,
      kind,
      uri,
      collection,
      options,
      documents,
      failures,
      addedAt,
      syncedAt,
    })),
    ...store.counts(),
    space: store.space(),
    types: store.typeCounts(),
    tuning: tuningOf(store),
    failures: store
      .failures()
      .filter(({ code }) => code !== 'PARSE_LEFT_OUT')
      .map(({ path, uri, code, message }) => ({ path, uri, code, message })),
    usage: usageFigures(context),
    history: store.historyFigures(),
    facts: store.factFigures(new Date(context.runtime.clock.now()).toISOString().slice(0, 10)),
  };
}

function tuningOf(store: AppContext['store']): StoredTuning | null {
  const tuning = unpackTuning(store.tuning());
  return Object.keys(tuning.values).length > 0 ? tuning : null;
}

const fileBytes = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;
