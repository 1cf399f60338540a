import type { Settings } from '../config/types.ts';
import { memoryCircuits } from '../generate/multiplex/circuit.ts';
import { createGate, type Gate } from '../generate/multiplex/gate.ts';
import type { CircuitStore } from '../generate/multiplex/types.ts';
import { waitFor } from '../platform/model-server/retry-delay.ts';
import { type Clock, systemClock } from '../platform/runtime.ts';

/** The limits of providers, and their circuits where no database can hold them: one set for each set of settings. */
export type ProviderGates = { readonly gateOf: (provider: string) => Gate; readonly circuits: CircuitStore };

const known = new WeakMap<Settings, ProviderGates>();

export function providerGates(settings: Settings, clock: Clock = systemClock): ProviderGates {
  const there = known.get(settings);
  if (there) return there;
  const gates = new Map<string, Gate>();
  const made: ProviderGates = {
    circuits: memoryCircuits(),
    gateOf(provider) {
      const gate = gates.get(provider) ?? createGate({ ...settings.models, clock, wait: waitFor });
      gates.set(provider, gate);
      return gate;
    },
  };
  known.set(settings, made);
  return made;
}
