import { RagError } from '../platform/errors.ts';
import { nearestName } from '../platform/nearest-name.ts';
import { anthropicDriver } from './anthropic.ts';
import { cohereDriver } from './cohere.ts';
import { deepseekDriver } from './deepseek.ts';
import { fireworksDriver } from './fireworks.ts';
import { googleDriver } from './google.ts';
import { mistralDriver } from './mistral.ts';
import { ollamaDriver } from './ollama.ts';
import { openaiDriver } from './openai.ts';
import { serverDriver } from './openai-compatible.ts';
import { transformersDriver } from './transformers.ts';
import type { Generator, GeneratorDriver, GeneratorSettings } from './types.ts';

/** Every provider, in the order in which help names them. */
export const generatorDrivers: readonly GeneratorDriver[] = [
  ollamaDriver,
  openaiDriver,
  anthropicDriver,
  googleDriver,
  mistralDriver,
  deepseekDriver,
  fireworksDriver,
  cohereDriver,
  transformersDriver,
];

/**
 * The generator of a name `provider/model`. Nothing is contacted yet.
 * Throws MODEL_UNKNOWN for a name of another form or an unknown provider.
 */
export function createGenerator(name: string, settings: GeneratorSettings): Generator {
  const slash = name.indexOf('/');
  const provider = slash < 0 ? name : name.slice(0, slash);
  const model = slash < 0 ? '' : name.slice(slash + 1).trim();
  const driver =
    generatorDrivers.find((candidate) => candidate.provider === provider) ??
    (Object.hasOwn(settings.servers, provider) ? serverDriver(provider) : undefined);
  if (driver && model !== '' && model.length <= MAX_MODEL_NAME_LENGTH) return driver.create(model, settings);
  throw unknownModel({ name: name.slice(0, MAX_MODEL_NAME_LENGTH), driver, provider, settings });
}

/** Where the model of a name is asked; null where that is this machine, without a server, or the provider is unknown. */
export function providerAddress(name: string, settings: Pick<GeneratorSettings, 'servers'>): string | null {
  const provider = name.slice(0, Math.max(0, name.indexOf('/')));
  return Object.hasOwn(settings.servers, provider) ? (settings.servers[provider]?.baseUrl ?? null) : null;
}

/** Longer than any name in use; a name goes into URLs and messages. */
const MAX_MODEL_NAME_LENGTH = 256;

function unknownModel(parts: {
  name: string;
  driver: GeneratorDriver | undefined;
  provider: string;
  settings: GeneratorSettings;
}): RagError {
  const { name, driver, provider, settings } = parts;
  const providers = [
    ...new Set([...generatorDrivers.map((candidate) => candidate.provider), ...Object.keys(settings.servers)]),
  ];
  if (driver) {
    return new RagError('MODEL_UNKNOWN', {
      message: `"${name}" names the provider "${driver.provider}" but no model.`,
      hint: `Write ${driver.provider}/<model>.`,
      details: { providers },
    });
  }
  const nearest = nearestName(provider, providers);
  const rest = name.includes('/') ? name.slice(name.indexOf('/') + 1) : name;
  return new RagError('MODEL_UNKNOWN', {
    message: `No provider for the model "${name}". Providers: ${providers.join(', ')}.`,
    hint: `Did you mean ${nearest ?? providers[0]}/${nearest !== null && !name.includes('/') ? '<model>' : rest}?`,
    details: { providers },
  });
}
