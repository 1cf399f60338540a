/** A server that restarts is back after some seconds. */
const FIRST_DELAY_MS = 5000;
const MAX_DELAY_MS = 600_000;

/**
 * Milliseconds before a further attempt, after so many that failed (at least 1): doubled each time from 5 s to 10 min, of
 * which a random half is taken off, so that jobs that failed together are not tried together. `random` in [0, 1).
 */
export const backoffMs = (failures: number, random: number): number =>
  Math.round(Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * 2 ** (failures - 1)) * (1 - random / 2));
