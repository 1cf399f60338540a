import type { Settings } from '../config/types.ts';
import type { EmbeddingSpace } from '../domain/search.ts';
import { createEmbedder } from '../embed/registry.ts';
import type { Embedder } from '../embed/types.ts';
import type { Runtime } from '../platform/runtime.ts';

/** A service answers a batch within seconds; a model of one's own on a slow machine needs minutes. */
const SERVER_TIMEOUT_MS = 180_000;

export type MakeEmbedderOptions = {
  readonly settings: Settings;
  readonly runtime: Pick<Runtime, 'fetch'>;
  /** The space of the vectors that the model's are to be compared with, if it is this model's. */
  readonly knownSpace?: EmbeddingSpace | null;
};

/** The embedder of a name `provider/model`, from the settings. Contacts and loads nothing. Throws MODEL_UNKNOWN. */
export function makeEmbedder(name: string, { settings, runtime, knownSpace }: MakeEmbedderOptions): Embedder {
  const { ollama, openai, google, mistral, cohere, voyage, servers, offline, generate } = settings;
  return createEmbedder(name, {
    fetch: runtime.fetch,
    knownSpace,
    ollamaHost: ollama.host,
    openai,
    google,
    mistral,
    cohere,
    voyage,
    servers,
    offline,
    timeoutMs: SERVER_TIMEOUT_MS,
    maxRetries: generate.maxRetries,
  });
}
