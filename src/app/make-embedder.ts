import type { Settings } from '../config/types.ts';
import type { EmbeddingSpace } from '../domain/search.ts';
import { createEmbedder } from '../embed/registry.ts';
import type { Embedder } from '../embed/types.ts';
import type { Runtime } from '../platform/runtime.ts';

export type MakeEmbedderOptions = {
  readonly settings: Settings;
  readonly runtime: Pick<Runtime, 'fetch'>;
  /** The space of the vectors that the model's are to be compared with, if it is this model's. */
  readonly knownSpace?: EmbeddingSpace | null;
};

/** The embedder of a name `provider/model`, from the settings. Contacts and loads nothing. Throws MODEL_UNKNOWN. */
export function makeEmbedder(name: string, { runtime, knownSpace }: MakeEmbedderOptions): Embedder {
  return createEmbedder(name, { fetch: runtime.fetch, knownSpace });
}
