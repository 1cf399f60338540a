import type { Settings } from '../config/types.ts';
import { memoryCircuits } from '../generate/multiplex/circuit.ts';
import { createGate, type Gate } from '../generate/multiplex/gate.ts';
import type { CircuitStore } from '../generate/multiplex/types.ts';
import { waitFor } from '../platform/model-server/retry-delay.ts';
import type { Clock } from '../platform/runtime.ts';
import type { Store } from '../store/types.ts';

/** The limits of providers, and their circuits where no database can hold them. */
export type ProviderGates = { readonly gateOf: (provider: string) => Gate; readonly circuits: CircuitStore };

const known = new WeakMap<object, ProviderGates>();

/** One set for each open database, or for each set of settings where there is none. */
export function providerGates(settings: Settings, clock: Clock, store: Store | undefined): ProviderGates {
  const there = known.get(store ?? settings);
  if (there) return there;
  const gates = new Map<string, Gate>();
  const made: ProviderGates = {
    circuits: memoryCircuits(),
    gateOf(provider) {
      const [name = ''] = provider.split(' ');
      const beganSince = store && ((since: number) => store.callTimes(name, since));
      const gate = gates.get(provider) ?? createGate({ ...settings.models, beganSince, clock, wait: waitFor });
      gates.set(provider, gate);
      return gate;
    },
  };
  known.set(store ?? settings, made);
  return made;
}
