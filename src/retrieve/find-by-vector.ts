import type { Store } from '../store/types.ts';
import type { LegOptions } from './find-by-words.ts';
import type { Leg } from './fuse-scores.ts';

/** The leg of the vectors: nearest by cosine. */
export const findByVector = (
  store: Store,
  vector: Float32Array,
  { depth, filter, clock }: Pick<LegOptions, 'depth' | 'filter' | 'clock'>,
): Leg => clock.time(() => ({ list: 'vector', rows: store.searchVectors(vector, depth, filter) }));
