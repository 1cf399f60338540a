import { RagError } from '../platform/errors.ts';
import { nearestName } from '../platform/nearest-name.ts';
import { builtinDriver } from './builtin/builtin-embedder.ts';
import { cohereDriver } from './cohere.ts';
import { googleDriver } from './google.ts';
import { mistralDriver } from './mistral.ts';
import { ollamaDriver } from './ollama.ts';
import { createServerEmbedder, openaiDriver } from './openai.ts';
import { transformersDriver } from './transformers.ts';
import type { Embedder, EmbedderDriver, EmbedderSettings } from './types.ts';
import { voyageDriver } from './voyage.ts';

/** Every provider, in the order in which help names them. */
export const embedderDrivers: readonly EmbedderDriver[] = [
  builtinDriver,
  transformersDriver,
  ollamaDriver,
  openaiDriver,
  googleDriver,
  mistralDriver,
  cohereDriver,
  voyageDriver,
];

/** What embeds when nothing is set and the database has no vectors yet. */
export const DEFAULT_EMBEDDER = 'builtin/ragstone-static-1';

/** Longer than any name in use, folders included. */
const MAX_NAME_LENGTH = 1024;

/**
 * The embedder of a name `provider/model` or `provider`. Reads no file and calls no server.
 * Throws MODEL_UNKNOWN for a name of another form, an unknown provider or a model that a provider cannot have.
 */
export function createEmbedder(name: string, settings: EmbedderSettings): Embedder {
  const slash = name.indexOf('/');
  const provider = slash < 0 ? name : name.slice(0, slash);
  const model = slash < 0 ? '' : name.slice(slash + 1).trim();
  const driver = embedderDrivers.find((candidate) => candidate.provider === provider);
  if (driver && (model !== '' || driver.hasDefault) && name.length <= MAX_NAME_LENGTH)
    return driver.create(model, settings);
  const server = Object.hasOwn(settings.servers, provider) ? settings.servers[provider] : undefined;
  if (server && model !== '' && name.length <= MAX_NAME_LENGTH)
    return createServerEmbedder(provider, server, model, settings);
  const providers = [...embedderDrivers.map((candidate) => candidate.provider), ...Object.keys(settings.servers)];
  const shown = name.slice(0, 200);
  if (driver) {
    throw new RagError('MODEL_UNKNOWN', {
      message: `"${shown}" names the provider "${provider}" but no embedding model.`,
      hint: `Write ${provider}/<model>, such as ${provider}/${driver.example}.`,
      details: { name: shown, providers },
    });
  }
  const nearest = embedderDrivers.find((candidate) => candidate.provider === nearestName(provider, providers));
  const { provider: meant, example } = nearest ?? builtinDriver;
  throw new RagError('MODEL_UNKNOWN', {
    message: `There is no embedding model "${shown}". Providers: ${providers.join(', ')}.`,
    hint: `Write provider/model, such as ${meant}/${example}.`,
    details: { name: shown, providers },
  });
}
