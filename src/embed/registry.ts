import { RagError } from '../platform/errors.ts';
import { createBuiltinEmbedder } from './builtin/builtin-embedder.ts';
import type { Embedder } from './types.ts';

export type EmbedderSettings = {
  /** See BuiltinEmbedderOptions. */
  readonly builtinModelFolder?: string;
};

/** One provider; `create` takes the part of the model name after `provider/`, empty for its default. */
export type EmbedderDriver = {
  readonly provider: string;
  readonly models: readonly string[];
  create(model: string, settings: EmbedderSettings): Embedder;
};

export const embedderDrivers: readonly EmbedderDriver[] = [
  {
    provider: 'builtin',
    models: ['ragstone-static-1'],
    create: (_model, settings) => createBuiltinEmbedder({ modelFolder: settings.builtinModelFolder }),
  },
];

/** The embedder of a name `provider/model` or `provider`. Throws MODEL_UNKNOWN. Reads no file and calls no server. */
export function createEmbedder(name: string, settings: EmbedderSettings = {}): Embedder {
  const slash = name.indexOf('/');
  const provider = slash < 0 ? name : name.slice(0, slash);
  const model = slash < 0 ? '' : name.slice(slash + 1);
  const driver = embedderDrivers.find((candidate) => candidate.provider === provider);
  if (driver === undefined || (model !== '' && !driver.models.includes(model))) {
    const known = embedderDrivers.flatMap((each) => each.models.map((known) => `${each.provider}/${known}`));
    throw new RagError('MODEL_UNKNOWN', {
      message: `There is no embedding model "${name}".`,
      hint: `Known: ${known.join(', ')}.`,
      details: { name, known },
    });
  }
  return driver.create(model, settings);
}
