import { throwIfAborted } from '../platform/errors.ts';
import type { Reranker, RerankRequest } from '../rerank/types.ts';

export type OverlapReranker = Reranker & { readonly requests: readonly RerankRequest[] };

/**
 * A reranker without a model: the share of the query's words that a passage has, in [0, 1]. Keeps what it was asked.
 * `before` runs first and may throw, or wait.
 */
export function overlapReranker(before: (request: RerankRequest) => unknown = () => {}): OverlapReranker {
  const requests: RerankRequest[] = [];
  return {
    name: 'testing/overlap',
    requests,
    async rerank(request) {
      throwIfAborted(request.signal);
      requests.push(request);
      await before(request);
      throwIfAborted(request.signal);
      const words = [...wordsOf(request.query)];
      return request.passages.map((passage) => {
        const there = wordsOf(passage);
        return words.filter((word) => there.has(word)).length / Math.max(1, words.length);
      });
    },
  };
}

const wordsOf = (text: string): Set<string> => new Set(text.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) ?? []);
