import { parseQuery } from '../../retrieve/parse-query.ts';
import type { SearchHit, SearchResult } from '../types.ts';
import { coverageOfHit } from '../usage/word-coverage.ts';

/** What a hit says of itself, each about as large as 1: score, lead over the best other hit, share of words, cosine. */
export const FEATURES = ['score', 'lead', 'coverage', 'cosine'] as const;

/** Of each hit, in their order, as `FEATURES` names them. The same for the same hits, however many follow. */
export function hitFeatures({ query, hits }: Pick<SearchResult, 'query' | 'hits'>): number[][] {
  const { terms } = parseQuery(query);
  const [first, second] = hits;
  return hits.map((hit, i) => [
    hit.score,
    hit.score - ((i === 0 ? second : first)?.score ?? 0),
    coverageOfHit(terms, hit),
    cosineOf(hit),
  ]);
}

/** 0 for a hit that was not compared by its vector. */
const cosineOf = ({ signals }: SearchHit): number => signals.find(({ list }) => list === 'vector')?.raw ?? 0;
