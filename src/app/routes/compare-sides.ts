import { comparisonSides } from '../../retrieve/query/comparison-sides.ts';
import type { AppContext } from '../app-context.ts';
import { search } from '../search.ts';
import type { SearchOptions, SearchResult } from '../types.ts';
import { inTurn } from './in-turn.ts';
import { sentencesFor } from './sentences-for.ts';
import type { Routed } from './types.ts';

/**
 * For "the difference between A and B": passages for each side in turn, before those that the question as a whole finds,
 * so that neither side crowds out the other. Null for any other question, and where a side finds nothing.
 */
export async function compareSides(
  context: AppContext,
  question: string,
  found: SearchResult,
  options: SearchOptions & { readonly limit: number },
): Promise<Routed | null> {
  const sides = comparisonSides(question);
  if (!sides) return null;
  const { log: _, ...quiet } = options;
  const [first, second] = [await search(context, sides[0], quiet), await search(context, sides[1], quiet)];
  if (first.hits.length === 0 || second.hits.length === 0) return null;
  const hits = inTurn([first.hits, second.hits, found.hits]).slice(0, options.limit);
  const extracts = sides.flatMap((side, i) => sentencesFor(context.store, side, (i === 0 ? first : second).hits, hits));
  const note = `Read as a comparison: searched for "${sides[0]}" and for "${sides[1]}".`;
  return {
    result: { ...found, hits, notes: [...found.notes, note], route: { kind: 'comparison', note } },
    ...(extracts.length > 0 ? { extracts } : {}),
  };
}
