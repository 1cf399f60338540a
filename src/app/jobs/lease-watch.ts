import { livenessOf } from '../../platform/process-identity.ts';
import type { JobOwner } from '../../store/types.ts';

/** An owner that cannot be seen from here is taken for dead after so long without a beat; it beats every second. */
const LEASE_MS = 30_000;

type Watched = { readonly owner: JobOwner | null; readonly beat: number };

/**
 * Tells whose process is dead. One of this machine is looked for, whatever any clock says; of any other it counts how long
 * its beat stood still while this one watched, by a clock that cannot be set.
 */
export function createLeaseWatch({ monotonicMs, liveness = livenessOf }: LeaseWatchOptions) {
  const seen = new Map<string, { beat: number; since: number }>();
  return {
    isDead({ owner, beat }: Watched): boolean {
      if (owner === null) return true;
      const state = liveness(owner);
      if (state !== 'unknown') return state === 'dead';
      const before = seen.get(owner.token);
      const now = monotonicMs();
      if (before?.beat === beat) return now - before.since > LEASE_MS;
      seen.set(owner.token, { beat, since: now });
      return false;
    },
    /** Whether it cannot be seen from here. */
    isDoubtful: ({ owner }: Watched): boolean => owner === null || liveness(owner) === 'unknown',
  };
}

export type LeaseWatchOptions = {
  readonly monotonicMs: () => number;
  readonly liveness?: (owner: JobOwner) => 'alive' | 'dead' | 'unknown';
};

export type LeaseWatch = ReturnType<typeof createLeaseWatch>;
