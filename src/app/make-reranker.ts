import type { Settings } from '../config/types.ts';
import { isRagError, RagError } from '../platform/errors.ts';
import { createReranker } from '../rerank/registry.ts';
import type { Reranker, RerankerSettings } from '../rerank/types.ts';
import { generatorFor, type ModelContext } from './generator-for.ts';
import { isLoopback } from './is-loopback.ts';
import { guardReranker } from './privacy/remote/guard-reranker.ts';
import { remoteGuard } from './privacy/remote/remote-guard.ts';
import { transformersSettings } from './transformers-settings.ts';

/** A service answers within a second or two; a model of one's own on a slow machine needs longer. */
const SERVER_TIMEOUT_MS = 60_000;

/**
 * The reranker of a name, from the settings. One that may not be asked while offline says so when it is asked. Throws
 * MODEL_UNKNOWN.
 */
export function makeReranker(name: string, context: ModelContext): Reranker {
  const { settings } = context;
  const refusal = refusalOf(name, settings);
  if (refusal) return refuse(name, refusal);
  try {
    const reranker = createReranker(name, settingsOf(context));
    const address = addressOf(name, settings);
    const guard = address === null || isLoopback(address) ? null : remoteGuard(settings);
    return guard ? guardReranker(reranker, guard) : reranker;
  } catch (error) {
    if (isRagError(error) && error.code === 'OFFLINE') return refuse(name, error);
    throw error;
  }
}

/** Search goes on without it, and says why. */
const refuse = (name: string, error: RagError): Reranker => ({
  name,
  async rerank() {
    throw error;
  },
});

/** Where a service is; null for what is none. A language model is guarded where it is made. */
function addressOf(name: string, settings: Settings): string | null {
  const addresses: Readonly<Record<string, string>> = {
    cohere: settings.cohere.baseUrl,
    voyage: settings.voyage.baseUrl,
    jina: settings.jina.baseUrl,
  };
  return addresses[name.slice(0, Math.max(0, name.indexOf('/')))] ?? null;
}

/** Why a service may not be asked; null when it may, or is none. */
function refusalOf(name: string, settings: Settings): RagError | null {
  const address = addressOf(name, settings);
  if (!settings.offline || address === null || isLoopback(address)) return null;
  return new RagError('OFFLINE', {
    message: `${name} is at ${new URL(address).host}, which is not asked while offline.`,
    hint: 'Leave out --offline, or choose a model on this machine.',
  });
}

const settingsOf = (context: ModelContext): RerankerSettings => ({
  fetch: context.runtime.fetch,
  cohere: context.settings.cohere,
  voyage: context.settings.voyage,
  jina: context.settings.jina,
  timeoutMs: SERVER_TIMEOUT_MS,
  maxRetries: context.settings.generate.maxRetries,
  createGenerator: (name) => {
    const generator = generatorFor(name, context, 'rerank');
    if (generator) return generator;
    throw new RagError('MODEL_UNKNOWN', {
      message: `"llm/${name}" names no language model.`,
      hint: 'Write llm/<provider>/<model>, such as llm/ollama/llama3.2.',
    });
  },
  transformers: transformersSettings(context.settings),
});
