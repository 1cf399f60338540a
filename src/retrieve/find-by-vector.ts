import type { Store } from '../store/types.ts';
import { type LegOptions, withIncluded } from './find-by-words.ts';
import type { Leg } from './fuse-scores.ts';

/** The leg of the vectors: nearest by cosine. */
export const findByVector = (
  store: Store,
  vector: Float32Array,
  { depth, filter, clock, include = [] }: Pick<LegOptions, 'depth' | 'filter' | 'clock' | 'include'>,
): Leg =>
  clock.time(() => ({
    list: 'vector',
    rows: withIncluded(store.searchVectors(vector, depth, filter), include, (rows) => store.scoreVectors(vector, rows)),
  }));
