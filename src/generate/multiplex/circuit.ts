import { isRagError } from '../../platform/errors.ts';
import type { Circuit, CircuitStore } from './types.ts';

/** Consecutive failures that open a circuit. */
export const FAILURES_TO_OPEN = 5;
/** How long a provider is left alone before one call tries it again. */
export const HALF_OPEN_AFTER_MS = 30_000;

export type CircuitState = 'closed' | 'open' | 'half-open';

/** State of a circuit at a time. No failures are kept of a provider that works: null is closed. */
export function circuitState(circuit: Circuit | null, now: number): CircuitState {
  if (!circuit || circuit.failures < FAILURES_TO_OPEN) return 'closed';
  const elapsed = now - circuit.failedAt;
  // A clock that was set back must not keep a circuit open for longer than it would have been.
  return elapsed >= 0 && elapsed < HALF_OPEN_AFTER_MS ? 'open' : 'half-open';
}

/** Of what it throws, what says that the provider itself is in trouble. A wrong key, name or prompt does not. */
export function isProviderFailure(error: unknown): boolean {
  if (!isRagError(error)) return false;
  switch (error.code) {
    case 'MODEL_UNREACHABLE':
    case 'MODEL_TIMEOUT':
    case 'MODEL_RATE_LIMITED':
    case 'MODEL_BROKEN_STREAM':
      return true;
    case 'MODEL_FAILED': {
      const { status } = error.details;
      return typeof status !== 'number' || status >= 500;
    }
    default:
      return false;
  }
}

/** Circuits of this process alone. */
export function memoryCircuits(): CircuitStore {
  const circuits = new Map<string, Circuit>();
  return {
    circuit: (provider) => circuits.get(provider) ?? null,
    countFailure: (provider, now) =>
      void circuits.set(provider, { failures: (circuits.get(provider)?.failures ?? 0) + 1, failedAt: now }),
    clearFailures: (provider) => void circuits.delete(provider),
    claimProbe(provider, failedAt, now) {
      const circuit = circuits.get(provider);
      if (circuit?.failedAt !== failedAt) return false;
      circuits.set(provider, { ...circuit, failedAt: now });
      return true;
    },
  };
}
