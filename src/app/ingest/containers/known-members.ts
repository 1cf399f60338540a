import type { SourceItem } from '../../../source/types.ts';
import type { KnownItem } from '../../../store/types.ts';

/** What is stored of the members of listed files, by the file's URI. A folder may be called `a!`, so a listing decides. */
export function knownMembers(
  items: readonly Pick<SourceItem, 'uri'>[],
  known: ReadonlyMap<string, KnownItem>,
): Map<string, KnownItem[]> {
  const members = new Map<string, KnownItem[]>();
  const inside = [...known.values()].filter(({ uri }) => uri.includes('!/'));
  if (inside.length === 0) return members;
  const listed = new Set(items.map(({ uri }) => uri));
  for (const item of inside) {
    if (listed.has(item.uri)) continue;
    for (let at = item.uri.indexOf('!/'); at !== -1; at = item.uri.indexOf('!/', at + 1)) {
      const container = item.uri.slice(0, at);
      if (!listed.has(container)) continue;
      const there = members.get(container);
      if (there) there.push(item);
      else members.set(container, [item]);
      break;
    }
  }
  return members;
}
