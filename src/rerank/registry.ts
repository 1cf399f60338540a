import { RagError } from '../platform/errors.ts';
import { nearestName } from '../platform/nearest-name.ts';
import { cohereDriver } from './cohere.ts';
import { jinaDriver } from './jina.ts';
import { listwiseDriver } from './listwise.ts';
import { transformersDriver } from './transformers.ts';
import type { Reranker, RerankerDriver, RerankerSettings } from './types.ts';
import { voyageDriver } from './voyage.ts';

/** Every provider, in the order in which help names them. */
export const rerankerDrivers: readonly RerankerDriver[] = [
  transformersDriver,
  cohereDriver,
  voyageDriver,
  jinaDriver,
  listwiseDriver,
];

/** Longer than any name in use, folders included. */
const MAX_NAME_LENGTH = 1024;

/**
 * The reranker of a name `provider/model`. Nothing is contacted or loaded yet.
 * Throws MODEL_UNKNOWN for a name of another form or an unknown provider.
 */
export function createReranker(name: string, settings: RerankerSettings): Reranker {
  const slash = name.indexOf('/');
  const provider = slash < 0 ? name : name.slice(0, slash);
  const model = slash < 0 ? '' : name.slice(slash + 1).trim();
  const driver = rerankerDrivers.find((candidate) => candidate.provider === provider);
  if (driver && model !== '' && name.length <= MAX_NAME_LENGTH) return driver.create(model, settings);
  const providers = rerankerDrivers.map((candidate) => candidate.provider);
  const shown = name.slice(0, 200);
  if (driver) {
    throw new RagError('MODEL_UNKNOWN', {
      message: `"${shown}" names the provider "${provider}" but no model to rerank with.`,
      hint: `Write ${provider}/<model>, such as ${provider}/${driver.example}.`,
      details: { providers },
    });
  }
  const nearest = rerankerDrivers.find((candidate) => candidate.provider === nearestName(provider, providers));
  const { provider: meant, example } = nearest ?? (rerankerDrivers[0] as RerankerDriver);
  throw new RagError('MODEL_UNKNOWN', {
    message: `There is no reranker "${shown}". Providers: ${providers.join(', ')}.`,
    hint: `Write provider/model, such as ${meant}/${example}.`,
    details: { providers },
  });
}
