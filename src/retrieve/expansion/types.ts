/**
 * How a query is widened. `rm3`: words that the best passages have in common. `hyde`: the vector of a passage that a model
 * writes as the answer. `multi-query`: the same question in other words of a model, their rankings fused.
 */
export type ExpansionMethod = 'rm3' | 'hyde' | 'multi-query';

export const EXPANSION_METHODS: readonly ExpansionMethod[] = ['rm3', 'hyde', 'multi-query'];

/** One answer of a language model to one prompt. Throws RagError MODEL_*. */
export type WriteText = (prompt: string, signal?: AbortSignal) => Promise<string>;

export type Expansion = {
  readonly method: ExpansionMethod;
  /** Needed by `hyde` and `multi-query`. */
  readonly write?: WriteText;
};
