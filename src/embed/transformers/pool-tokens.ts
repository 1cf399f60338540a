import type { Pooling } from '../model-families.ts';

export type Tensor = { readonly dims: readonly number[]; readonly data: ArrayLike<number> };

/**
 * One vector for each text from those of its tokens: `states` is texts x tokens x dimensions, `mask` is 1 for tokens and 0
 * for padding, on either side. Throws an Error for other shapes.
 */
export function poolTokens(states: Tensor, mask: ArrayLike<number | bigint>, pooling: Pooling): Float32Array[] {
  const [texts = 0, tokens = 0, dimensions = 0] = states.dims;
  if (states.dims.length !== 3 || mask.length !== texts * tokens || dimensions === 0)
    throw new Error(`it gives [${states.dims.join(', ')}] for ${mask.length} tokens, and not a vector for each`);
  const isToken = (text: number, token: number): boolean => Number(mask[text * tokens + token]) === 1;
  return Array.from({ length: texts }, (_, text) => {
    const all = Array.from({ length: tokens }, (_, token) => token).filter((token) => isToken(text, token));
    const taken = pooling === 'mean' ? all : pooling === 'cls' ? all.slice(0, 1) : all.slice(-1);
    const vector = new Float32Array(dimensions);
    for (const token of taken) {
      const start = (text * tokens + token) * dimensions;
      for (let i = 0; i < dimensions; i++) vector[i] = (vector[i] as number) + (states.data[start + i] as number);
    }
    return vector.map((sum) => sum / Math.max(1, taken.length));
  });
}
