import type { Clock } from '../platform/runtime.ts';

export type FixedClock = Clock & { advance(ms: number): void };

/** A clock that stands still until it is told to move. Starts at the given ISO 8601 instant. */
export function fixedClock(start = '2026-01-05T10:00:00.000Z'): FixedClock {
  let now = Date.parse(start);
  return {
    now: () => now,
    advance: (ms) => {
      now += ms;
    },
  };
}
