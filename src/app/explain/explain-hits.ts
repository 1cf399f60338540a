import type { Retrieval } from '../../retrieve/types.ts';
import type { Store } from '../../store/types.ts';
import { createGraphIndexCache } from '../graph/graph-index.ts';
import { explainPassage } from './explain-passage.ts';
import { createGraphLinks } from './link-over-graph.ts';
import type { PassageExplanation } from './types.ts';

/** Why each hit of a search is where it is, in their order. */
export function explainHits(store: Store, found: Retrieval, limit: number): readonly PassageExplanation[] {
  const links = found.trace.seeds.length > 0 ? createGraphLinks(store, createGraphIndexCache(store)()) : null;
  const view = { store, found, longer: null, links, filters: [], limit, minScore: 0 };
  return found.chunks.map((chunk) => explainPassage(chunk, view));
}
