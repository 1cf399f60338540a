import type { EmbeddingSpace } from '../domain/search.ts';

/**
 * Turns text into vectors of one space. Vectors are L2-normalised, `space.dimensions` long, in the order of the texts.
 * Null where the text has no usable vector (nothing the vocabulary knows): such a text is found by its words only.
 *
 * Throws RagError MODEL_* (not found, unreachable, auth, rate limited, timeout, failed), OFFLINE, SPACE_MISMATCH when the
 * vectors are not as long as those of the database, or ABORTED when the signal fires. A key never appears in a message.
 */
export type Embedder = {
  /** `dimensions` is 0 as long as neither the database nor an answer of the model has told it. */
  readonly space: EmbeddingSpace;
  /** The space with its dimensions; asks the model where they are not known. Absent where they always are. */
  prepare?(signal?: AbortSignal): Promise<EmbeddingSpace>;
  embedPassages(texts: readonly string[], signal?: AbortSignal): Promise<readonly (Float32Array | null)[]>;
  embedQuery(text: string, signal?: AbortSignal): Promise<Float32Array | null>;
  /** Ends what it keeps for the next call, such as a process with the model in it. */
  close?(): void;
};

export type EmbedderServer = { readonly baseUrl: string; readonly apiKey: string | undefined };

export type EmbedderSettings = {
  readonly fetch: typeof globalThis.fetch;
  /** The space of the database's vectors: the dimensions of a model that is not asked are taken from it. */
  readonly knownSpace?: EmbeddingSpace | null;
};

/** One provider; `create` takes the part of the name after `provider/`, empty for its default. */
export type EmbedderDriver = {
  readonly provider: string;
  /** A model that may follow, for messages. */
  readonly example: string;
  /** Whether the provider's name alone means a model. */
  readonly hasDefault?: boolean;
  /** Throws MODEL_UNKNOWN. Reads no file and calls no server. */
  create(model: string, settings: EmbedderSettings): Embedder;
};
