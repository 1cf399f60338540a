import type { ModelPrice } from '../../config/price-settings.ts';
import { familyOf, type ModelFamily } from '../../embed/model-families.ts';
import { DEFAULT_EMBEDDER } from '../../embed/registry.ts';
import { parseShortenedName } from '../../embed/shortened-name.ts';
import { RagError } from '../../platform/errors.ts';
import { folderOf, isModelFolder } from '../../platform/transformers/model-source.ts';
import { fullNameOf } from '../generator-settings.ts';
import { modelPrice } from '../ledger/meter-of.ts';
import { kindOfModel, type ListedModel, type ListModelsOptions, listModels } from './list-models.ts';
import { localModels } from './local-models.ts';
import { type ProviderFacts, providerOf } from './providers.ts';
import type { SpaceFigures } from './types.ts';

export type ShownModel = Omit<ListedModel, 'name'> & {
  readonly name: string;
  readonly provider: ProviderFacts;
  /** Of a model on this machine's disk. */
  readonly folder: string | null;
  /** Of an embedding model with a name that is known. */
  readonly family: ModelFamily | null;
  /** US dollars for a million tokens; null where nobody knows. */
  readonly price: ModelPrice | null;
  /** Its vectors in the database, if there are any. */
  readonly space: SpaceFigures | null;
};

/** All that is known of one model, without asking it. Throws MODEL_UNKNOWN for a provider that there is none of. */
export async function showModel(
  given: string,
  { spaces, ...options }: ListModelsOptions & { readonly spaces: readonly SpaceFigures[] },
): Promise<ShownModel> {
  const { settings, cacheFolder } = options;
  const name = given === providerOf(DEFAULT_EMBEDDER) ? DEFAULT_EMBEDDER : fullNameOf(given, settings);
  const { models, providers } = await listModels({ ...options, also: name });
  const provider = providers.find((each) => each.name === providerOf(name));
  const listed = models.find((each) => each.name === name);
  if (!provider || !listed) {
    throw new RagError('MODEL_UNKNOWN', {
      message: `There is no provider "${providerOf(name).slice(0, 60)}".`,
      hint: `There are ${providers.map((each) => each.name).join(', ')}.`,
    });
  }
  const model = name.slice(provider.name.length + 1);
  const local = provider.name === 'transformers' ? localModels(cacheFolder).find((each) => each.name === model) : null;
  const kind = kindOfModel(name, settings);
  return {
    ...listed,
    kind,
    family: kind === 'embed' ? familyOf(parseShortenedName(model).model) : null,
    price: modelPrice(name, settings),
    provider,
    folder: local?.folder ?? (provider.name === 'transformers' && isModelFolder(model) ? folderOf(model) : null),
    space: spaces.find((space) => `${space.provider}/${space.model}` === name) ?? null,
  };
}
