import type { Settings } from '../../config/types.ts';
import type { EmbeddingSpace } from '../../domain/search.ts';
import { MICRO_DOLLARS } from '../ledger/budgets.ts';
import { costOf } from '../ledger/price-of.ts';
import { modelPrice } from './model-price.ts';

/** US dollars for so many tokens; null where no price is known. */
export function costOfEmbedding(
  { provider, model }: Pick<EmbeddingSpace, 'provider' | 'model'>,
  tokens: number,
  settings: Settings,
): number | null {
  // `model@256` costs what the model costs.
  const price = modelPrice(`${provider}/${model.replace(/@\d+$/, '')}`, settings);
  return price && costOf(price, { inputTokens: tokens, outputTokens: 0 }) / MICRO_DOLLARS;
}
