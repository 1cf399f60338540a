import type { ModelPrice } from '../../config/price-settings.ts';
import type { Settings } from '../../config/types.ts';
import type { Clock } from '../../platform/runtime.ts';
import type { LedgerStore } from '../../store/types.ts';
import { generatorSettings } from '../generator-settings.ts';
import { isLoopback } from '../is-loopback.ts';
import { type Budget, budgetsOf } from './budgets.ts';
import { priceOf } from './price-of.ts';
import type { CallPurpose } from './types.ts';

/** What a model's calls are measured with. */
export type Meter = {
  readonly store: Pick<LedgerStore, 'reserveCall' | 'endCall' | 'noteCall'>;
  readonly clock: Clock;
  readonly purpose: CallPurpose;
  /** Null where it is not known. */
  readonly price: ModelPrice | null;
  readonly budgetsAt: (now: number) => readonly Budget[];
};

/** The meter of `provider/model`, from the settings. */
export const meterOf = (
  name: string,
  parts: { readonly settings: Settings } & Pick<Meter, 'store' | 'clock' | 'purpose'>,
): Meter => ({
  store: parts.store,
  clock: parts.clock,
  purpose: parts.purpose,
  price: modelPrice(name, parts.settings),
  budgetsAt: (now) => budgetsOf(parts.settings, now),
});

/** The price of `provider/model`, from the settings or the shipped list; null where it is not known. */
export const modelPrice = (name: string, settings: Settings): ModelPrice | null =>
  priceOf(name, { prices: settings.models.prices, isOwn: isOwnModel(name, settings) });

/** Whether a model runs on this machine, or on a server of Ollama that is not Ollama's own. */
function isOwnModel(name: string, settings: Settings): boolean {
  const provider = name.slice(0, Math.max(0, name.indexOf('/')));
  const { servers } = generatorSettings(settings, { fetch: globalThis.fetch });
  const address = { ...servers, voyage: settings.voyage, jina: settings.jina }[provider]?.baseUrl;
  if (address === undefined || isLoopback(address)) return true;
  return provider === 'ollama' && !/(^|\.)ollama\.com$/.test(new URL(address).hostname);
}
