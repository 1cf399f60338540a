import { statSync } from 'node:fs';
import type { RetentionBounds } from '../../store/types.ts';
import type { AppContext } from '../app-context.ts';

const DAY_MS = 86_400_000;

/** The bounds of the settings, for the database as large as it is. */
export function retentionBounds({
  store,
  settings,
  runtime,
}: Pick<AppContext, 'store' | 'settings' | 'runtime'>): RetentionBounds {
  const { maxVersions, maxAgeDays, maxSharePercent } = settings.history;
  const bytes = statSync(store.path, { throwIfNoEntry: false })?.size ?? 0;
  return {
    maxVersions,
    endedBefore: maxAgeDays === 0 ? null : new Date(runtime.clock.now() - maxAgeDays * DAY_MS).toISOString(),
    maxBytes: Math.floor((bytes * maxSharePercent) / 100),
  };
}

/** Drops former versions beyond the bounds; how many. Writes nothing where there are none. */
export function pruneVersions(context: Pick<AppContext, 'store' | 'settings' | 'runtime'>): number {
  const { store } = context;
  const bounds = retentionBounds(context);
  if (store.prunableVersions(bounds) === 0) return 0;
  return store.write((writer) => writer.pruneVersions(bounds));
}
