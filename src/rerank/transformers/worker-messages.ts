import type { LoadFailure } from '../../platform/transformers/load-problem.ts';
import type { ModelSource } from '../../platform/transformers/model-source.ts';

/** One batch. The first one of a process also loads the model. */
export type ScoreTask = {
  readonly source: ModelSource;
  readonly query: string;
  readonly passages: readonly string[];
};

export type ScoreReply = { readonly status: 'scored'; readonly scores: readonly number[] } | LoadFailure;
