import type { Settings } from '../../config/types.ts';
import type { EmbeddingSpace } from '../../domain/search.ts';
import { MICRO_DOLLARS } from '../ledger/budgets.ts';
import { modelPrice } from '../ledger/meter-of.ts';
import { costOf } from '../ledger/price-of.ts';

/** US dollars for so many tokens; null where no price is known. */
export function costOfEmbedding(
  { provider, model }: Pick<EmbeddingSpace, 'provider' | 'model'>,
  tokens: number,
  settings: Settings,
): number | null {
  const price = modelPrice(`${provider}/${model}`, settings);
  return price && costOf(price, { inputTokens: tokens, outputTokens: 0 }) / MICRO_DOLLARS;
}
