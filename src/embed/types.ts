import type { EmbeddingSpace } from '../domain/search.ts';
import type { TransformersSettings } from '../platform/transformers/model-source.ts';

/** Told after each batch: texts of the call that have been dealt with since it was last called. */
export type OnEmbedded = (texts: number) => void;

/**
 * Turns text into vectors of one space. Vectors are L2-normalised, `space.dimensions` long, in the order of the texts.
 * Null where the text has no usable vector (no letter or digit, nothing the vocabulary knows): such a text is found by its
 * words only. A text that is longer than the model takes is cut at its end, and counted.
 *
 * Throws RagError MODEL_* (not found, unreachable, auth, rate limited, timeout, failed), OFFLINE, SPACE_MISMATCH when the
 * vectors are not as long as those of the database, or ABORTED when the signal fires. A key never appears in a message.
 */
export type Embedder = {
  /** `dimensions` is 0 as long as neither the database nor an answer of the model has told it. */
  readonly space: EmbeddingSpace;
  /** Texts so far that were too long and were cut. Absent where it is not known. */
  readonly cutTexts?: number;
  /** The space with its dimensions; asks the model where they are not known. Absent where they always are. */
  prepare?(signal?: AbortSignal): Promise<EmbeddingSpace>;
  embedPassages(
    texts: readonly string[],
    signal?: AbortSignal,
    onEmbedded?: OnEmbedded,
  ): Promise<readonly (Float32Array | null)[]>;
  embedQuery(text: string, signal?: AbortSignal): Promise<Float32Array | null>;
  /** Ends what it keeps for the next call, such as a process with the model in it. */
  close?(): void;
};

/** What a text is for: most models embed questions in another way than what answers them. */
export type TextRole = 'query' | 'passage';

export type EmbedderServer = {
  readonly baseUrl: string;
  readonly apiKey?: string;
  /** Sent with every request. */
  readonly headers?: Readonly<Record<string, string>>;
};

export type EmbedderSettings = {
  readonly fetch: typeof globalThis.fetch;
  /** The space of the database's vectors: the dimensions of a model that is not asked are taken from it. */
  readonly knownSpace?: EmbeddingSpace | null;
  readonly ollamaHost: string;
  readonly openai: EmbedderServer;
  readonly google: EmbedderServer;
  readonly mistral: EmbedderServer;
  readonly cohere: EmbedderServer;
  readonly voyage: EmbedderServer;
  /** Further OpenAI-compatible servers by name: their models are `<name>/<model>`. */
  readonly servers: Readonly<Record<string, EmbedderServer>>;
  /** Ask servers on this machine only. */
  readonly offline: boolean;
  readonly transformers: TransformersSettings;
  /** Longest wait for the whole answer of a server. */
  readonly timeoutMs: number;
  /** Attempts after the first on 429, 5xx and a refused connection. */
  readonly maxRetries: number;
  /** How the pause before a retry passes; the default is a timer. */
  readonly wait?: (delayMs: number, signal: AbortSignal) => Promise<void>;
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
