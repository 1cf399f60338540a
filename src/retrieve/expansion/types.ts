import type { ExpansionMethod } from '../../domain/search.ts';

/** One answer of a language model to one prompt. Throws RagError MODEL_*. */
export type WriteText = (prompt: string, signal?: AbortSignal) => Promise<string>;

export type QueryExpansion = {
  readonly method: ExpansionMethod;
  /** Needed by `hyde` and `multi-query`. */
  readonly write?: WriteText;
};
