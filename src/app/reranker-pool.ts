import type { Reranker } from '../rerank/types.ts';
import type { ModelContext } from './generator-for.ts';

/** The rerankers of an open knowledge base, each made once: a model that was loaded stays for the next search. */
export type RerankerPool = {
  /** Throws MODEL_UNKNOWN for a name that is none. What fails later fails in `rerank`. */
  named(name: string): Promise<Reranker>;
  close(): void;
};

export function createRerankerPool(context: ModelContext): RerankerPool {
  const rerankers = new Map<string, Reranker>();
  return {
    async named(name) {
      const { makeReranker } = await import('./make-reranker.ts');
      const reranker = rerankers.get(name) ?? makeReranker(name, context);
      rerankers.set(name, reranker);
      return reranker;
    },
    close() {
      for (const reranker of rerankers.values()) reranker.close?.();
      rerankers.clear();
    },
  };
}
