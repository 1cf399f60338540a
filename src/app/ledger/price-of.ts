import type { ModelPrice } from '../../config/price-settings.ts';
import type { Usage } from '../../domain/answer.ts';
import { DEFAULT_PRICES } from './default-prices.ts';

const FREE: ModelPrice = { input: 0, output: 0 };

/**
 * The price of `provider/model`: the user's, else none for a model that runs on a machine of one's own, else the shipped
 * one. Of several entries that fit, the exact name goes first, then the longest beginning. `model@256`, with vectors that
 * are shortened, costs what the model costs. Null where nobody knows.
 */
export function priceOf(
  name: string,
  { prices, isOwn }: { readonly prices: Readonly<Record<string, ModelPrice>>; readonly isOwn: boolean },
): ModelPrice | null {
  const whole = name.replace(/@\d+$/, '');
  const own = entryFor(name, prices) ?? entryFor(whole, prices);
  return own ?? (isOwn ? FREE : entryFor(whole, DEFAULT_PRICES));
}

function entryFor(name: string, prices: Readonly<Record<string, ModelPrice>>): ModelPrice | null {
  if (Object.hasOwn(prices, name)) return prices[name] as ModelPrice;
  const beginnings = Object.keys(prices).filter((key) => key.endsWith('*') && name.startsWith(key.slice(0, -1)));
  const longest = beginnings.sort((a, b) => b.length - a.length)[0];
  return longest === undefined ? null : (prices[longest] as ModelPrice);
}

/** Millionths of a US dollar, rounded up: dollars for a million tokens are millionths for one. */
export function costOf(price: ModelPrice, usage: Usage): number {
  const cached = Math.min(usage.inputTokens, usage.cachedInputTokens ?? 0);
  const written = Math.min(usage.inputTokens - cached, usage.cacheWriteTokens ?? 0);
  const input =
    (usage.inputTokens - cached - written) * price.input +
    cached * (price.cachedInput ?? price.input) +
    written * (price.cacheWrite ?? price.input);
  return Math.ceil(input + usage.outputTokens * price.output - ROUNDING);
}

/** As `costOf`, when all input may have to be put into the provider's cache. */
export const mostCostOf = (price: ModelPrice, { inputTokens, outputTokens }: Usage): number =>
  costOf({ input: Math.max(price.input, price.cacheWrite ?? 0), output: price.output }, { inputTokens, outputTokens });

/** Sums of products that are whole may come out a little above. */
const ROUNDING = 1e-6;
