import type { Settings } from '../config/types.ts';
import type { Runtime } from '../platform/runtime.ts';
import type { Reranker } from '../rerank/types.ts';

/** The rerankers of an open knowledge base, each made once: a model that was loaded stays for the next search. */
export type RerankerPool = {
  /** Throws MODEL_UNKNOWN for a name that is none. What fails later fails in `rerank`. */
  named(name: string): Promise<Reranker>;
  close(): void;
};

export function createRerankerPool(settings: Settings, runtime: Pick<Runtime, 'fetch'>): RerankerPool {
  const rerankers = new Map<string, Reranker>();
  return {
    async named(name) {
      const { makeReranker } = await import('./make-reranker.ts');
      const reranker = rerankers.get(name) ?? makeReranker(name, settings, runtime);
      rerankers.set(name, reranker);
      return reranker;
    },
    close() {
      for (const reranker of rerankers.values()) reranker.close?.();
      rerankers.clear();
    },
  };
}
