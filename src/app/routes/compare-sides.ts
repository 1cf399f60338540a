import { type Extract, extractAnswer } from '../../answer/extract-answer.ts';
import { judgeRelevance } from '../../answer/judge-relevance.ts';
import { comparisonSides } from '../../retrieve/query/comparison-sides.ts';
import type { AppContext } from '../app-context.ts';
import { search } from '../search.ts';
import type { SearchHit, SearchOptions, SearchResult } from '../types.ts';
import type { Routed } from './types.ts';

/** Of the sentences that are quoted; as many again for the other side. */
const SENTENCES_OF_A_SIDE = 2;

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
  const extracts = sides.flatMap((side, i) => sentencesFor(context, side, (i === 0 ? first : second).hits, hits));
  const note = `Read as a comparison: searched for "${sides[0]}" and for "${sides[1]}".`;
  return {
    result: { ...found, hits, notes: [...found.notes, note], route: { kind: 'comparison', note } },
    ...(extracts.length > 0 ? { extracts } : {}),
  };
}

/** The first of each list, then the second of each; every passage once. */
function inTurn(lists: readonly (readonly SearchHit[])[]): SearchHit[] {
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

/** What best says something of one side, by the numbers that its passages have among all. */
function sentencesFor(
  { store }: AppContext,
  side: string,
  own: readonly SearchHit[],
  all: readonly SearchHit[],
): Extract[] {
  const hits = own.filter(({ chunk }) => all.some((each) => each.chunk.id === chunk.id));
  if (!judgeRelevance({ question: side, hits }).answerable) return [];
  return extractAnswer({ question: side, hits, documentText: (id) => store.documentText(id) })
    .slice(0, SENTENCES_OF_A_SIDE)
    .map((extract) => {
      const id = hits[extract.marker - 1]?.chunk.id;
      return { ...extract, marker: all.findIndex(({ chunk }) => chunk.id === id) + 1 };
    });
}
