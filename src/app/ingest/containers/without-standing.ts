import type { SourceItem } from '../../../source/types.ts';
import type { KnownItem } from '../../../store/types.ts';
import type { PlanOptions } from '../plan-source.ts';

export type FoundItems = {
  readonly items: readonly SourceItem[];
  /** Could not be read the last time, or are not to be since a state was restored, and have not changed. */
  readonly stillFailing: readonly KnownItem[];
};

/** Divides what was found in a container, as a listing of files is divided. Mails have no time; their names tell them apart. */
export function withoutStanding(
  found: readonly SourceItem[],
  known: ReadonlyMap<string, KnownItem>,
  { retryFailures }: Pick<PlanOptions, 'retryFailures'>,
): FoundItems {
  if (retryFailures) return { items: found, stillFailing: [] };
  const items: SourceItem[] = [];
  const stillFailing: KnownItem[] = [];
  for (const item of found) {
    const former = known.get(item.uri);
    const stands =
      former?.documentRow === null &&
      item.size !== null &&
      item.size === former.size &&
      item.mtimeMs === former.mtimeMs;
    if (stands) stillFailing.push(former);
    else items.push(item);
  }
  return { items, stillFailing };
}
