import type { Settings } from '../config/types.ts';
import type { EmbeddingSpace } from '../domain/search.ts';
import { createEmbedder } from '../embed/registry.ts';
import type { Embedder } from '../embed/types.ts';
import { type Runtime, systemClock } from '../platform/runtime.ts';
import type { Store } from '../store/types.ts';
import { embedderAddress } from './embedder-address.ts';
import { isLoopback } from './is-loopback.ts';
import { meterEmbedder } from './ledger/meter-embedder.ts';
import { meterOf } from './ledger/meter-of.ts';
import { guardEmbedder } from './privacy/remote/guard-embedder.ts';
import { remoteGuard } from './privacy/remote/remote-guard.ts';
import { transformersSettings } from './transformers-settings.ts';
import { rememberQueryVectors } from './usage/remember-query-vectors.ts';

/** A service answers a batch within seconds; a model of one's own on a slow machine needs minutes. */
const SERVER_TIMEOUT_MS = 180_000;

export type MakeEmbedderOptions = {
  readonly settings: Settings;
  readonly runtime: Pick<Runtime, 'fetch'> & Partial<Pick<Runtime, 'clock'>>;
  /** Where calls of models that are asked over the network are noted; nowhere when left out. */
  readonly store?: Store;
  /** The space of the vectors that the model's are to be compared with, if it is this model's. */
  readonly knownSpace?: EmbeddingSpace | null;
  /** False where nobody but the database names the model: then it is not downloaded. */
  readonly isAskedFor?: boolean;
  /** False where the model itself is to be asked, whatever it gave for an equal question before. */
  readonly remembersQueries?: boolean;
};

/** The embedder of a name `provider/model`, from the settings. Contacts and loads nothing. Throws MODEL_UNKNOWN. */
export function makeEmbedder(
  name: string,
  { settings, runtime, store, knownSpace, isAskedFor, remembersQueries = true }: MakeEmbedderOptions,
): Embedder {
  const { ollama, openai, google, mistral, cohere, voyage, servers, offline, generate } = settings;
  const created = createEmbedder(name, {
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
    transformers: { ...transformersSettings(settings), isAskedFor },
    timeoutMs: SERVER_TIMEOUT_MS,
    maxRetries: generate.maxRetries,
  });
  const address = embedderAddress(name, settings);
  const guard = address === null || isLoopback(address) ? null : remoteGuard(settings);
  const embedder = guard ? guardEmbedder(created, guard) : created;
  if (!store || embedder.space.provider === 'builtin') return embedder;
  const remembered = (each: Embedder): Embedder => (remembersQueries ? rememberQueryVectors(each, store) : each);
  if (embedder.space.provider === 'transformers') return remembered(embedder);
  const fullName = `${embedder.space.provider}/${embedder.space.model}`;
  const meter = meterOf(fullName, { settings, store, clock: runtime.clock ?? systemClock, purpose: 'embed' });
  return remembered(meterEmbedder(embedder, fullName, meter));
}
