import type { Settings } from '../../config/types.ts';
import { familyOf } from '../../embed/model-families.ts';
import { type ModelKind, providerOf, providersOf } from './providers.ts';

/** Names that say it. */
const EMBEDS = /embed|minilm|sentence-t5|paraphrase-/i;
const RERANKS = /rerank|cross-encoder|ms-marco/i;

/**
 * What a model is for, by its provider where that has one kind of models, else by its name: what is not known as a model
 * for vectors writes answers.
 */
export function kindOf(name: string, settings: Settings): ModelKind {
  const provider = providerOf(name);
  const kinds = providersOf(settings).find((each) => each.name === provider)?.kinds ?? ['answer'];
  const [only] = kinds;
  if (kinds.length === 1 && only) return only;
  const model = name.slice(provider.length + 1);
  if (kinds.includes('rerank') && RERANKS.test(model)) return 'rerank';
  const embeds = kinds.includes('embed') && (EMBEDS.test(model) || familyOf(model) !== null);
  return embeds || !kinds.includes('answer') ? 'embed' : 'answer';
}
