import type { Usage } from '../domain/answer.ts';
import type { TransformersSettings } from '../platform/transformers/model-source.ts';

export type Message = {
  readonly role: 'user' | 'assistant';
  readonly content: string;
  /** UTF-16 units at the start that later requests are likely to repeat, such as passages before a question. */
  readonly stableLength?: number;
};

export type GenerateRequest = {
  readonly system?: string;
  readonly messages: readonly Message[];
  readonly maxOutputTokens?: number;
  readonly temperature?: number;
};

export type GenerateEvent =
  | { readonly type: 'text-delta'; readonly text: string }
  /** Before any text: `from` did not answer, `to` does. Only where there are several models to ask. */
  | { readonly type: 'failover'; readonly from: string; readonly to: string; readonly reason: string }
  | {
      readonly type: 'finish';
      readonly reason: 'stop' | 'length' | 'other';
      readonly usage: Usage;
      /** What the reader should know of how it ended, as a sentence: a refusal, a content filter. */
      readonly note?: string;
      /** The model that answered, where it may be another than the one that was named. */
      readonly model?: string;
    };

/**
 * A language model. The stream ends with exactly one `finish`, or throws RagError MODEL_* (unreachable, not found,
 * auth, rate limited, context too long, timeout, broken stream, failed). A key never appears in a message.
 */
export type Generator = {
  /** `provider/model`. */
  readonly name: string;
  generate(request: GenerateRequest, signal?: AbortSignal): AsyncIterable<GenerateEvent>;
  /** Throws what asking would throw for lack of a key or of files on this machine. Contacts nobody. */
  check?(): void;
};

/** Address of a provider, and what is sent along. */
export type ModelServer = {
  readonly baseUrl: string;
  readonly apiKey?: string;
  /** The environment variable that the key is read from, for messages. */
  readonly apiKeyEnv?: string;
  readonly headers?: Readonly<Record<string, string>>;
};

export type GeneratorSettings = {
  readonly fetch: typeof globalThis.fetch;
  /** Where each provider is, by the part of a model's name before the slash; further ones speak as OpenAI does. */
  readonly servers: Readonly<Record<string, ModelServer>>;
  /** Models on this machine, without a server. */
  readonly transformers: TransformersSettings;
  /** Longest wait for the first byte, and then between two bytes. */
  readonly firstByteTimeoutMs: number;
  readonly idleTimeoutMs: number;
  /** Attempts after the first on 429, 5xx and a refused connection, before any text has come. */
  readonly maxRetries: number;
  /** How the pause before a retry passes; the default is a timer. Rejects when the signal fires. */
  readonly wait?: (delayMs: number, signal: AbortSignal) => Promise<void>;
};

/** One provider; `create` takes the part of the model name after `provider/`. */
export type GeneratorDriver = {
  readonly provider: string;
  create(model: string, settings: GeneratorSettings): Generator;
};
