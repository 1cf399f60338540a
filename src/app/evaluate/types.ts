import type { SearchMode } from '../../domain/search.ts';
import type { Comparison, MeasureName, Measures } from '../../evaluate/types.ts';
import type { RetrievalParameters } from '../../retrieve/retrieval-parameters.ts';

export type ConfigurationReport = {
  readonly name: string;
  readonly mode: SearchMode;
  /** Those that differ from the defaults. */
  readonly parameters: Partial<RetrievalParameters>;
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
