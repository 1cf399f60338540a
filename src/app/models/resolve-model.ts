import type { Settings } from '../../config/types.ts';
import { RagError } from '../../platform/errors.ts';
import { fullNameOf } from '../generator-settings.ts';
import { kindOfModel } from './list-models.ts';
import { type ModelKind, providerOf, providersOf } from './providers.ts';

export type ResolvedModel = { readonly name: string; readonly kind: ModelKind };

/**
 * The full name, and what the model is for: as was said, else as its provider and its name say. Throws MODEL_UNKNOWN, and
 * USAGE where the provider has no such models.
 */
export function resolveModel(given: string, settings: Settings, wanted?: ModelKind): ResolvedModel {
  const isProvider = providersOf(settings).some(({ name }) => name === given);
  const name = isProvider ? given : fullNameOf(given, settings);
  const provider = providersOf(settings).find((each) => each.name === providerOf(name));
  if (wanted !== undefined && provider && !provider.kinds.includes(wanted)) {
    throw new RagError('USAGE', {
      message: `${provider.name} has no models for ${WORDS[wanted]}.`,
      hint: 'See `rag models list` for what each provider has.',
    });
  }
  return { name, kind: wanted ?? kindOfModel(name, settings) };
}

const WORDS: Readonly<Record<ModelKind, string>> = { embed: 'vectors', answer: 'answers', rerank: 'reranking' };
