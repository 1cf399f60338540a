import type { EmbeddingSpace } from '../domain/search.ts';

/**
 * Turns text into vectors of one space. Vectors are L2-normalised, `space.dimensions` long, in the order of the texts.
 * Null where the text has no usable vector (nothing the vocabulary knows): such a text is found by its words only.
 */
export type Embedder = {
  readonly space: EmbeddingSpace;
  embedPassages(texts: readonly string[], signal?: AbortSignal): Promise<readonly (Float32Array | null)[]>;
  embedQuery(text: string, signal?: AbortSignal): Promise<Float32Array | null>;
};
