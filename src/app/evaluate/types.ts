import type { Comparison, MeasureName, Measures } from '../../evaluate/types.ts';
import type { Configuration, ParameterValue } from './configuration.ts';

/** Its `parameters` are those that differ from the defaults. */
export type ConfigurationReport = Configuration & {
  readonly measures: Measures;
  /** Of a search for ten passages within this process. */
  readonly latencyMs: { readonly p50: number; readonly p95: number };
  /** Empty where the questions have no kinds. */
  readonly kinds: readonly { readonly kind: string; readonly questions: number; readonly measures: Measures }[];
};

export type EvaluationComparison = Comparison & {
  readonly name: string;
  readonly against: string;
  readonly measure: MeasureName;
  /** `p`, corrected for the number of configurations. */
  readonly pHolm: number;
};

export type BaselineCheck = {
  readonly path: string;
  /** False when some configuration has dropped. */
  readonly passed: boolean;
  readonly checks: readonly (EvaluationComparison & {
    readonly before: number;
    readonly now: number;
    /** Questions that both have. */
    readonly questions: number;
    readonly dropped: boolean;
  })[];
  /** What could not be compared: one sentence each. */
  readonly notes: readonly string[];
};

export type EvaluationReport = {
  readonly set: {
    readonly name: string;
    readonly documents: number;
    readonly passages: number;
    readonly questions: number;
    readonly skipped: readonly { readonly id: string; readonly reason: string }[];
  };
  readonly configurations: readonly ConfigurationReport[];
  /** Every configuration against the first. */
  readonly comparisons: readonly EvaluationComparison[];
  readonly baseline: BaselineCheck | null;
};

export type { MeasureName, Measures };

/** nDCG@10 with what was fitted against what is there. */
export type TuneJudgement = Comparison & {
  readonly set: string;
  readonly questions: number;
  readonly before: number;
  readonly after: number;
};

export type TuneReport = {
  readonly set: string;
  /** Questions that the settings were fitted on. */
  readonly fittedOn: number;
  /** Settings that were tried. */
  readonly tried: number;
  readonly changes: readonly { readonly key: string; readonly from: ParameterValue; readonly to: ParameterValue }[];
  /** Mean nDCG@10 on the fitting half; null when there were too few questions to begin. */
  readonly fit: { readonly before: number; readonly after: number } | null;
  /** Null when nothing was found that is worth judging. */
  readonly heldOut: TuneJudgement | null;
  readonly controls: readonly TuneJudgement[];
  readonly accepted: boolean;
  /** Why it was not; empty when it was. */
  readonly refusals: readonly string[];
  /** Whether the database has the new settings now. */
  readonly applied: boolean;
};
