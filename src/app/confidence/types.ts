import type { Comparison } from '../../evaluate/types.ts';

export type CalibrateOptions = {
  /** Keep it in the database when it is accepted, so that searches show it. */
  readonly apply?: boolean;
  readonly signal?: AbortSignal;
  readonly onQuestion?: (done: number, total: number) => void;
};

/** How well what hits say of themselves was fitted to labels, judged on labels that took no part in the fit. */
export type CalibrationReport = {
  readonly set: string;
  /** Questions with labels. */
  readonly labels: number;
  /** Hits of the questions that the fit was judged on. */
  readonly heldOutHits: number;
  /** On those hits, lower is better; null when there were too few labels to begin. */
  readonly brier: number | null;
  /** Of saying for every hit what share of hits is right. */
  readonly baseBrier: number | null;
  /** Mean distance between the confidence and how often it was right, over ten bins. */
  readonly calibrationError: number | null;
  /** Brier score of the fit against that of the share, question by question; below 0 the fit is better. */
  readonly comparison: Comparison | null;
  readonly accepted: boolean;
  /** Why it was not; empty when it was. */
  readonly refusals: readonly string[];
  /** Whether searches of this database show a confidence now. */
  readonly applied: boolean;
};
