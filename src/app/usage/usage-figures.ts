import type { AppContext } from '../app-context.ts';
import { validCalibration } from '../confidence/calibration.ts';
import type { UsageFigures } from './types.ts';

/** Counts and bytes of the log, of feedback and of the caches. */
export function usageFigures({ store, results }: Pick<AppContext, 'store' | 'results'>): UsageFigures {
  const counts = store.cacheCounts();
  const kept = store.keptResultFigures();
  const inMemory = results?.figures() ?? { entries: 0, bytes: 0 };
  const replies = store.keptReplyFigures();
  const { vectors } = store.counts();
  return {
    questions: store.questionFigures(),
    feedback: store.feedback().length,
    calibratedOn: validCalibration(store)?.labels ?? null,
    caches: [
      // Vectors are stored with a byte for each dimension; those of passages with the same words are shared.
      {
        name: 'embeddings',
        entries: vectors,
        bytes: vectors * (store.space()?.dimensions ?? 0),
        ...(counts.embeddings ?? { hits: 0, misses: 0 }),
      },
      // Vectors of questions that a model was asked for.
      { name: 'queries', ...store.keptQueryVectorFigures(), ...(counts.queries ?? { hits: 0, misses: 0 }) },
      {
        name: 'results',
        entries: kept.entries + inMemory.entries,
        bytes: kept.bytes + inMemory.bytes,
        ...(counts.results ?? { hits: 0, misses: 0 }),
      },
      // What models wrote.
      { name: 'replies', ...replies, ...(counts.replies ?? { hits: 0, misses: 0 }) },
    ],
  };
}
