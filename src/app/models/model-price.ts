import type { ModelPrice } from '../../config/price-settings.ts';
import type { Settings } from '../../config/types.ts';
import { priceOf } from '../ledger/price-of.ts';
import { providerOf, providersOf } from './providers.ts';

/** US dollars for a million tokens: nothing on a machine of one's own, null where nobody knows. */
export function modelPrice(name: string, settings: Settings): ModelPrice | null {
  const provider = providersOf(settings).find((each) => each.name === providerOf(name));
  return priceOf(name, { prices: settings.models.prices, isOwn: provider?.isLocal ?? false });
}
