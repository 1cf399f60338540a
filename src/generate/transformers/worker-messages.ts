import type { LoadFailure } from '../../platform/transformers/load-problem.ts';
import type { ModelSource } from '../../platform/transformers/model-source.ts';
import type { GenerateRequest } from '../types.ts';

/**
 * What the process with a model is asked, one after another: to begin an answer, which also loads the model the first
 * time; for the next piece of its text; to stop early. It has one answer at a time.
 */
export type TextTask =
  | { readonly kind: 'begin'; readonly source: ModelSource; readonly request: GenerateRequest }
  | { readonly kind: 'next' }
  | { readonly kind: 'stop' };

export type TextReply =
  | { readonly status: 'begun'; readonly promptTokens: number }
  | { readonly status: 'too-long'; readonly promptTokens: number; readonly maxTokens: number }
  | { readonly status: 'text'; readonly text: string }
  | {
      readonly status: 'done';
      readonly reason: 'stop' | 'length';
      readonly outputTokens: number;
    }
  | { readonly status: 'stopped' }
  | LoadFailure;
