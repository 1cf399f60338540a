import type { EmbeddingSpace } from './search.ts';

/** Whether vectors of both may be compared. Dimensions that are not known yet (0) differ from none. */
export const isSameSpace = (a: EmbeddingSpace, b: EmbeddingSpace): boolean =>
  isSameModel(a, b) && (a.dimensions === b.dimensions || a.dimensions === 0 || b.dimensions === 0);

export const isSameModel = (a: Omit<EmbeddingSpace, 'dimensions'>, b: Omit<EmbeddingSpace, 'dimensions'>): boolean =>
  a.provider === b.provider && a.model === b.model;

/** `openai/text-embedding-3-small (1536 dimensions)`, for messages. */
export const describeSpace = ({ provider, model, dimensions }: EmbeddingSpace): string =>
  `${provider}/${model}${dimensions > 0 ? ` (${dimensions} dimensions)` : ''}`;
