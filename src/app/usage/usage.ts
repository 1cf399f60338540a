import type { AppContext } from '../app-context.ts';
import { modelUsage } from '../ledger/model-usage.ts';
import { createFeedback } from './feedback.ts';
import { momentOf } from './moment-of.ts';
import type { CacheFigures, Usage } from './types.ts';
import { usageFigures } from './usage-figures.ts';

const DEFAULT_LIMIT = 1000;

/** What was asked, what was said to be right, and what is kept for the next time. */
export function createUsage(context: AppContext): Usage {
  const { store, results } = context;
  return {
    ...createFeedback(store, context.kept),
    questions: ({ since, limit = DEFAULT_LIMIT } = {}) => store.questions({ since: momentOf(since), limit }),
    clearQuestions: () => store.record((recorder) => recorder.clearQuestions()),
    async gaps(options) {
      const { findGaps } = await import('../gaps/find-gaps.ts');
      return findGaps(context, options);
    },
    async calibrate(set, options) {
      const { applyCalibration } = await import('../confidence/apply-calibration.ts');
      return applyCalibration(context, set, options);
    },
    clearCalibration() {
      if (store.calibration() === null) return false;
      store.record((recorder) => recorder.putCalibration(null));
      return true;
    },
    figures: () => usageFigures(context),
    models: (options) => modelUsage(context, options),
    clearCaches(): readonly CacheFigures[] {
      const { caches } = usageFigures(context);
      results?.clear();
      store.record((recorder) => {
        recorder.clearResults();
        recorder.clearReplies();
        recorder.clearQueryVectors();
        recorder.clearCacheCounts();
      });
      return caches;
    },
  };
}
