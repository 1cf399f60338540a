import { isInScope } from '../../source/is-in-scope.ts';
import type { SourceItem, SourceListing } from '../../source/types.ts';
import type { KnownContainer, KnownItem } from '../../store/types.ts';
import { knownMembers } from './containers/known-members.ts';

/** What has to be done so that the database shows what the source holds. */
export type SourcePlan = {
  /** Same size and time as stored, or in a container of which that holds. */
  readonly unchanged: readonly Pick<SourceItem, 'uri' | 'path'>[];
  /** Could not be read the last time, and have not changed since. */
  readonly stillFailing: readonly Pick<SourceItem, 'uri' | 'path'>[];
  /** New or possibly changed: to be read. */
  readonly toRead: readonly SourceItem[];
  /** Stored, but the source does not show them any more. */
  readonly vanished: readonly KnownItem[];
  /** What is stored of the containers among those to be read, by their URIs: what became of it is known afterwards. */
  readonly members: ReadonlyMap<string, readonly KnownItem[]>;
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
  containers: ReadonlyMap<string, KnownContainer> = new Map(),
): SourcePlan {
  const unchanged: Pick<SourceItem, 'uri' | 'path'>[] = [];
  const stillFailing: Pick<SourceItem, 'uri' | 'path'>[] = [];
  const toRead: SourceItem[] = [];
  const seen = new Set<string>();
  const members = knownMembers(listing.items, known);
  for (const item of listing.items) {
    seen.add(item.uri);
    const former = known.get(item.uri);
    const held = members.get(item.uri) ?? [];
    for (const { uri } of held) seen.add(uri);
    const container = containers.get(item.uri);
    if (container && isSame(item, container) && isWhole({ container, former, held }, options)) {
      members.delete(item.uri);
      for (const member of former ? [former, ...held] : held) {
        (member.documentRow === null ? stillFailing : unchanged).push(member);
      }
      continue;
    }
    if (!former || !isSame(item, former) || held.length > 0 || options.rereadUnchanged) toRead.push(item);
    else if (former.documentRow !== null) unchanged.push(item);
    else (options.retryFailures ? toRead : stillFailing).push(item);
  }
  // What is there but cannot be read now is neither new nor gone; an unreadable folder stands for all below it.
  const unreadable = listing.skipped.filter(({ code }) => code === 'unreadable').map(({ uri }) => uri);
  const isUnreadable = (uri: string) =>
    unreadable.some((skipped) => uri === skipped || (skipped.endsWith('/') && uri.startsWith(skipped)));
  const { scope } = listing;
  const isLookedAt = (uri: string) => (scope ? isInScope(uri, scope) : listing.root !== 'part');
  const vanished = [...known.values()].filter(
    ({ uri, staysWithoutFile }) => !staysWithoutFile && !seen.has(uri) && isLookedAt(uri) && !isUnreadable(uri),
  );
  const suspicious =
    listing.root === 'missing'
      ? 'missing'
      : scope === undefined && listing.items.length === 0 && vanished.some(({ documentRow }) => documentRow !== null)
        ? 'empty'
        : null;
  return { unchanged, stillFailing, toRead, vanished, members, heldBack: options.pruneMissing ? null : suspicious };
}

/** What has no size or time to compare, such as a page of the web, has to be read to know. */
const isSame = (item: SourceItem, former: Pick<KnownItem, 'size' | 'mtimeMs'>): boolean =>
  item.size !== null && item.mtimeMs !== null && item.size === former.size && item.mtimeMs === former.mtimeMs;

/** What is stored of a container: `former` of the file itself, `held` of what is in it. */
export type StoredParts = {
  readonly container: KnownContainer;
  readonly former: KnownItem | undefined;
  readonly held: readonly KnownItem[];
};

/** Whether all that was stored of a container still is, and none of it is to be tried again. */
export function isWhole({ container, former, held }: StoredParts, options: PlanOptions): boolean {
  const parts = former ? [former, ...held] : held;
  const isFailing = parts.some(({ documentRow }) => documentRow === null);
  // Without its hash a document is to be read again whatever its bytes.
  const isStale =
    options.rereadUnchanged || parts.some((part) => part.documentRow !== null && part.contentHash === null);
  const isThere = container.members > 0 || former !== undefined;
  return container.members === held.length && isThere && !isStale && !(options.retryFailures && isFailing);
}
