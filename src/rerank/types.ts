import type { Generator } from '../generate/types.ts';
import type { TransformersSettings } from '../platform/transformers/model-source.ts';

export type RerankRequest = {
  readonly query: string;
  readonly passages: readonly string[];
  readonly signal?: AbortSignal;
};

/**
 * Judges how well passages answer a query, reading both together. `rerank` gives one finite score for each passage, in
 * the order of the passages; higher is better. Scores of one call may be compared, others not: each model has its own
 * range. No passages give no scores, and nothing is asked. Query and passages that are too long for the model are cut,
 * never refused.
 *
 * Throws RagError MODEL_* (not found, unreachable, auth, rate limited, timeout, failed), OFFLINE, or ABORTED when the
 * signal fires; then no further work is begun. A key never appears in a message.
 */
export type Reranker = {
  /** `provider/model`. */
  readonly name: string;
  rerank(request: RerankRequest): Promise<readonly number[]>;
  /** Ends what it keeps for the next call, such as a process with the model in it. */
  close?(): void;
};

export type RerankServer = { readonly baseUrl: string; readonly apiKey: string | undefined };

export type RerankerSettings = {
  readonly fetch: typeof globalThis.fetch;
  readonly cohere: RerankServer;
  readonly voyage: RerankServer;
  /** Jina, and servers with its interface: llama.cpp, vLLM, LocalAI, Infinity. */
  readonly jina: RerankServer;
  /** Longest wait for the whole answer of a server. */
  readonly timeoutMs: number;
  /** Attempts after the first on 429, 5xx and a refused connection. */
  readonly maxRetries: number;
  /** How the pause before a retry passes; the default is a timer. */
  readonly wait?: (delayMs: number, signal: AbortSignal) => Promise<void>;
  /** The language model of a name `provider/model`. */
  readonly createGenerator: (name: string) => Generator;
  readonly transformers: TransformersSettings;
};

/** One provider; `create` takes the part of the name after `provider/`. */
export type RerankerDriver = {
  readonly provider: string;
  /** A model that may follow, for messages. */
  readonly example: string;
  create(model: string, settings: RerankerSettings): Reranker;
};
