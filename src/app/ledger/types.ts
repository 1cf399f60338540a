import type { CallSums } from '../../store/types.ts';

/** What a model was asked for. */
export type CallPurpose =
  | 'ask'
  | 'chat'
  | 'rewrite'
  | 'expand'
  | 'rerank'
  | 'grade'
  | 'summarize'
  | 'graph'
  | 'eval'
  | 'replay'
  | 'test'
  | 'embed';

export type ModelUsageOptions = {
  readonly by?: 'model' | 'day' | 'purpose';
  /** ISO 8601; a day is of UTC. All there is when left out. */
  readonly since?: string;
};

/** Where a budget stands, in millionths of a US dollar. */
export type BudgetFigures = {
  readonly period: 'day' | 'month';
  readonly most: number;
  /** Calls under way count with the most that they may cost. */
  readonly spent: number;
  readonly left: number;
  /** ISO 8601. */
  readonly resetsAt: string;
};

/** What models were asked and what that cost. */
export type ModelUsage = {
  readonly by: 'model' | 'day' | 'purpose';
  readonly since: string | null;
  readonly rows: readonly CallSums[];
  /** Null when no model was asked. */
  readonly total: CallSums | null;
  readonly budgets: readonly BudgetFigures[];
};
