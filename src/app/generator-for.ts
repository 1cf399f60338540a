import { createGenerator, providerAddress } from '../generate/registry.ts';
import type { Generator } from '../generate/types.ts';
import { RagError } from '../platform/errors.ts';
import type { AppContext } from './app-context.ts';
import { fullNameOf, generatorSettings } from './generator-settings.ts';
import type { CallPurpose } from './ledger/types.ts';

/** Without a store, calls are not recorded. */
export type ModelContext = Pick<AppContext, 'settings' | 'runtime'> & Partial<Pick<AppContext, 'store'>>;

/** Null when there is no model to ask. Throws MODEL_UNKNOWN, or OFFLINE for a remote one while offline. */
export function generatorFor(
  name: string | undefined,
  { settings, runtime }: ModelContext,
  _purpose: CallPurpose,
): Generator | null {
  if (name === undefined || name === 'none' || name === 'extractive') return null;
  const fullName = fullNameOf(name, settings);
  const access = generatorSettings(settings, runtime);
  const generator = createGenerator(fullName, access);
  const address = providerAddress(fullName, access);
  if (settings.offline && address !== null && !isLoopback(address)) {
    throw new RagError('OFFLINE', {
      message: `${fullName} is at ${new URL(address).host}, which is not asked while offline.`,
      hint: 'Leave out --offline, or choose a model on this machine.',
    });
  }
  return generator;
}

/** Whether a URL leads to this machine. */
export const isLoopback = (address: string): boolean =>
  /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])$/.test(new URL(address).hostname);
