import { isInScope } from '../../source/is-in-scope.ts';
import type { SourceItem, SourceListing } from '../../source/types.ts';
import type { KnownItem } from '../../store/types.ts';

/** What has to be done so that the database shows what the source holds. */
export type SourcePlan = {
  /** Same size and time as stored. */
  readonly unchanged: readonly SourceItem[];
  /** Could not be read the last time, and have not changed since. */
  readonly stillFailing: readonly SourceItem[];
  /** New or possibly changed: to be read. */
  readonly toRead: readonly SourceItem[];
  /** Stored, but the source does not show them any more. */
  readonly vanished: readonly KnownItem[];
  /** Why the vanished may not be removed, if they may not. */
  readonly heldBack: 'missing' | 'empty' | null;
};

export type PlanOptions = {
  /** Read failing items again though they did not change. */
  readonly retryFailures: boolean;
  readonly pruneMissing: boolean;
  /** Read again what has the same size and time: it is known to have been written. */
  readonly rereadUnchanged?: boolean;
};

/** Compares a listing with what is stored. Pure. */
export function planSource(
  listing: SourceListing,
  known: ReadonlyMap<string, KnownItem>,
  options: PlanOptions,
): SourcePlan {
  const unchanged: SourceItem[] = [];
  const stillFailing: SourceItem[] = [];
  const toRead: SourceItem[] = [];
  const seen = new Set<string>();
  for (const item of listing.items) {
    seen.add(item.uri);
    const former = known.get(item.uri);
    if (!former || !isSame(item, former) || options.rereadUnchanged) toRead.push(item);
    else if (former.documentRow !== null) unchanged.push(item);
    else (options.retryFailures ? toRead : stillFailing).push(item);
  }
  // What is there but cannot be read now is neither new nor gone; an unreadable folder stands for all below it.
  const unreadable = listing.skipped.filter(({ code }) => code === 'unreadable').map(({ uri }) => uri);
  const isUnreadable = (uri: string) =>
    unreadable.some((skipped) => uri === skipped || (skipped.endsWith('/') && uri.startsWith(skipped)));
  const { scope } = listing;
  const isLookedAt = (uri: string) => (scope ? isInScope(uri, scope) : listing.root !== 'part');
  const vanished = [...known.values()].filter(({ uri }) => !seen.has(uri) && isLookedAt(uri) && !isUnreadable(uri));
  const suspicious =
    listing.root === 'missing'
      ? 'missing'
      : scope === undefined && listing.items.length === 0 && vanished.some(({ documentRow }) => documentRow !== null)
        ? 'empty'
        : null;
  return { unchanged, stillFailing, toRead, vanished, heldBack: options.pruneMissing ? null : suspicious };
}

/** What has no size or time to compare, such as a page of the web, has to be read to know. */
const isSame = (item: SourceItem, former: KnownItem): boolean =>
  item.size !== null && item.mtimeMs !== null && item.size === former.size && item.mtimeMs === former.mtimeMs;
