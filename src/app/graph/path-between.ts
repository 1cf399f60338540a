import type { Store } from '../../store/types.ts';
import { evidenceOf } from './evidence.ts';
import type { GraphIndex } from './graph-index.ts';
import { tiesNothing } from './ties.ts';
import type { EntityPath, PathHop } from './types.ts';

/** Edges that one search may pass: under a second on any corpus. */
const MAX_EDGES = 2_000_000;
/** Shared passages that are compared for the sentence of a hop. */
const MAX_COMPARED = 200;

/** The fewest passages that lead from one entity to another; among equals, over the rarer names. */
export function pathBetween(store: Store, index: GraphIndex, from: number, to: number): EntityPath {
  const ends = { from: index.refOf(from), to: index.refOf(to) };
  const before = new Map<number, number>([[from, from]]);
  const seenChunks = new Set<number>();
  let frontier = [from];
  let edges = 0;
  while (frontier.length > 0 && !before.has(to) && edges <= MAX_EDGES) {
    const next: number[] = [];
    for (const entity of frontier) {
      if (edges > MAX_EDGES) break;
      for (const chunk of index.chunksOf(entity)) {
        if (seenChunks.has(chunk)) continue;
        seenChunks.add(chunk);
        for (const other of index.entitiesOf(chunk)) {
          edges++;
          if (before.has(other) || (other !== to && tiesNothing(index, other))) continue;
          before.set(other, entity);
          next.push(other);
        }
      }
    }
    frontier = next.sort((a, b) => (index.frequencies[a] as number) - (index.frequencies[b] as number) || a - b);
  }
  if (!before.has(to) || from === to) return { ...ends, hops: [], isBounded: edges > MAX_EDGES };
  const hops: PathHop[] = [];
  for (let at = to; at !== from; at = before.get(at) as number) {
    const previous = before.get(at) as number;
    const evidence = evidenceOf(store, index, closestChunk(index, previous, at), [previous, at]);
    if (evidence) hops.unshift({ from: index.refOf(previous), to: index.refOf(at), evidence });
  }
  return { ...ends, hops, isBounded: false };
}

/** The passage that names both with the least between them. */
function closestChunk(index: GraphIndex, a: number, b: number): number {
  const others = new Set(index.chunksOf(b));
  const shared = Array.from(index.chunksOf(a))
    .filter((chunk) => others.has(chunk))
    .slice(0, MAX_COMPARED);
  const distance = (chunk: number): number => {
    const [left, right] = [index.spanIn(chunk, a), index.spanIn(chunk, b)];
    return left && right ? Math.abs(left.start - right.start) : Number.MAX_SAFE_INTEGER;
  };
  return shared.reduce((best, chunk) => (distance(chunk) < distance(best) ? chunk : best), shared[0] as number);
}
