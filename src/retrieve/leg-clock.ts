import { performance } from 'node:perf_hooks';
import type { Leg } from './fuse-scores.ts';
import type { LegReport } from './types.ts';

export type LegClock = {
  /** Runs a leg and notes what it found. */
  time<Found extends Leg>(find: () => Found): Found;
  note(report: LegReport): void;
  /** In the order in which they ran; an index of n-grams that found nothing had nothing to say. */
  reports(): LegReport[];
};

/** Keeps what each leg found and how many milliseconds it took. */
export function createLegClock(): LegClock {
  const reports: LegReport[] = [];
  return {
    time(find) {
      const started = performance.now();
      const leg = find();
      reports.push({ list: leg.list, candidates: leg.rows.length, elapsedMs: performance.now() - started });
      return leg;
    },
    note: (report) => void reports.push(report),
    reports: () => reports.filter(({ list, candidates }) => list !== 'trigram' || candidates > 0),
  };
}
