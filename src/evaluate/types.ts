import type { Judgements } from './metrics.ts';

/** A question with what is known to answer it. */
export type Question = {
  readonly id: string;
  readonly text: string;
  /** Such as "fact" or "multi-hop"; null where the set has no kinds. */
  readonly kind: string | null;
  /** Grades by the key of a document or passage; above 0 is relevant. Never empty. */
  readonly judgements: Judgements;
  /** Text that must reach the reader: passages, or the words of the answer. Empty where only documents are known. */
  readonly evidence: readonly string[];
};

/** A passage in a ranking, as a measure sees it. */
export type RankedPassage = {
  /** Keys of what it stands for: its document, or the gold passages that it holds. */
  readonly keys: readonly string[];
  readonly text: string;
  readonly tokens: number;
};

/** Of one question; each in [0, 1]. */
export type Measures = {
  readonly ndcg10: number;
  /** 1 / rank of the first relevant one among the first 100. */
  readonly mrr: number;
  readonly recall5: number;
  readonly recall10: number;
  readonly recall100: number;
  /** 1 when everything relevant is among the first 5. */
  readonly allGold5: number;
  /** Share of the evidence in the first passages that fit into so many tokens. */
  readonly evidence1000: number;
  readonly evidence2000: number;
  readonly evidence4000: number;
};

export type MeasureName = keyof Measures;

export const MEASURE_NAMES = [
  'ndcg10',
  'mrr',
  'recall5',
  'recall10',
  'recall100',
  'allGold5',
  'evidence1000',
  'evidence2000',
  'evidence4000',
] as const satisfies readonly MeasureName[];

/** What one configuration made of every question, in the order of the questions. */
export type EvaluationRun = {
  readonly name: string;
  readonly measures: readonly Measures[];
  /** Keys, best first, without repetition. */
  readonly rankings: readonly (readonly string[])[];
  /** Of a search for ten passages; empty where it was not measured. */
  readonly latenciesMs: readonly number[];
};

/** One configuration against another over the same questions. */
export type Comparison = {
  /** Mean of the differences. */
  readonly difference: number;
  /** Bootstrap interval of the difference, 95 %. */
  readonly interval: readonly [low: number, high: number];
  /** Two-sided, of the paired randomisation test. */
  readonly p: number;
  readonly wins: number;
  readonly losses: number;
  readonly ties: number;
};
