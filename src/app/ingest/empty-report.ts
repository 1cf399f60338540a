import type { IngestReport, ItemStatus } from './types.ts';

export const NO_COUNTS: Readonly<Record<ItemStatus, number>> = {
  added: 0,
  updated: 0,
  moved: 0,
  unchanged: 0,
  removed: 0,
  skipped: 0,
  failed: 0,
};

/** The report of a run in which nothing was done. */
export const EMPTY_REPORT: IngestReport = {
  dryRun: false,
  counts: NO_COUNTS,
  chunks: 0,
  elapsedMs: 0,
  interrupted: false,
  sourceProblems: [],
};
