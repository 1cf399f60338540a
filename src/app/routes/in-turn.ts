import type { SearchHit } from '../types.ts';

/** The first of each list, then the second of each; every passage once. */
export function inTurn(lists: readonly (readonly SearchHit[])[]): SearchHit[] {
  const byId = new Map<string, SearchHit>();
  const longest = Math.max(...lists.map(({ length }) => length));
  for (let i = 0; i < longest; i++) {
    for (const list of lists) {
      const hit = list[i];
      if (hit && !byId.has(hit.chunk.id)) byId.set(hit.chunk.id, hit);
    }
  }
  return [...byId.values()].map((hit, i) => ({ ...hit, rank: i + 1 }));
}
