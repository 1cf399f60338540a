import type { EmbeddingSpace } from '../../domain/search.ts';

export const nameOfSpace = (space: EmbeddingSpace): string =>
  `${space.provider}/${space.model} (${space.dimensions} dimensions)`;

export const isSameSpace = (a: EmbeddingSpace, b: EmbeddingSpace): boolean =>
  a.provider === b.provider && a.model === b.model && a.dimensions === b.dimensions;
