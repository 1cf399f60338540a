import { resolveModelName } from '../config/model-name.ts';
import type { Settings } from '../config/types.ts';
import type { GeneratorSettings } from '../generate/types.ts';
import { messageOf, RagError } from '../platform/errors.ts';
import type { Runtime } from '../platform/runtime.ts';
import { transformersSettings } from './transformers-settings.ts';

/** What drivers of models that write are made with. */
export const generatorSettings = (settings: Settings, runtime: Pick<Runtime, 'fetch'>): GeneratorSettings => ({
  fetch: runtime.fetch,
  ...settings.generate,
  servers: {
    ...settings.servers,
    ollama: { baseUrl: settings.ollama.host },
    openai: settings.openai,
    anthropic: settings.anthropic,
    google: settings.google,
    mistral: settings.mistral,
    deepseek: settings.deepseek,
    fireworks: settings.fireworks,
    cohere: settings.cohere,
  },
  transformers: transformersSettings(settings),
});

/** `provider/model` of a name or an alias. Throws MODEL_UNKNOWN for a short name that is no alias. */
export function fullNameOf(name: string, settings: Settings): string {
  try {
    return resolveModelName(name, settings.models.aliases);
  } catch (error) {
    throw new RagError('MODEL_UNKNOWN', {
      message: `The name of a model ${messageOf(error)}.`,
      hint: 'Give it as provider/model, or set an alias: `rag config set models.aliases.<name> <provider/model>`.',
    });
  }
}
