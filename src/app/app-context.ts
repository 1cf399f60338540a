import type { Settings } from '../config/types.ts';
import type { Embedder } from '../embed/types.ts';
import type { PassageGraph } from '../graph/types.ts';
import type { Runtime } from '../platform/runtime.ts';
import type { Store } from '../store/types.ts';
import type { KeptText } from './privacy/kept-text.ts';
import type { RerankerPool } from './reranker-pool.ts';
import type { MemoryCache } from './usage/memory-cache.ts';

/** What an open knowledge base consists of: every use case gets it. */
export type AppContext = {
  readonly store: Store;
  readonly embedder: Embedder;
  readonly runtime: Runtime;
  readonly settings: Settings;
  /** Read from the store when it is first asked. */
  readonly graph?: PassageGraph;
  readonly rerankers?: RerankerPool;
  /** Results of searches, as JSON. */
  readonly results?: MemoryCache;
  /** What is read is a former state. */
  readonly isPast?: boolean;
  /** Without it, what people type is kept as it is. */
  readonly kept?: KeptText;
};
