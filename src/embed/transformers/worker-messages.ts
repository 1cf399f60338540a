import type { LoadFailure } from '../../platform/transformers/load-problem.ts';
import type { ModelSource } from '../../platform/transformers/model-source.ts';
import type { Pooling } from '../model-families.ts';
import type { TextRole } from '../types.ts';

/** What is known of a model by its name; what stands in its own files goes before. */
export type EncoderDefaults = {
  readonly query: string;
  readonly passage: string;
  readonly pooling: Pooling;
  readonly maxTokens: number;
};

/** One batch. The first one of a process also loads the model. */
export type EmbedTask = {
  readonly source: ModelSource;
  readonly defaults: EncoderDefaults;
  readonly role: TextRole;
  readonly texts: readonly string[];
};

export type EmbedReply =
  | {
      readonly status: 'embedded';
      /** Not yet of length 1. */
      readonly vectors: readonly Float32Array[];
      /** Texts that were longer than the model takes. */
      readonly cutTexts: number;
    }
  | LoadFailure;
