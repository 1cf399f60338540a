import type { Retrieval } from '../retrieve/types.ts';
import type { SearchExplanation } from './types.ts';

/** What a search made of its query, as data. */
export const explanationOf = ({ query, legs, fusion }: Retrieval): SearchExplanation => ({
  terms: query.terms,
  dropped: query.dropped,
  phrases: query.phrases,
  kind: query.kind,
  excluded: query.excluded,
  filters: query.filters.map(({ written, conditions, negated }) => ({ written, conditions, negated })),
  legs,
  fusion,
});
