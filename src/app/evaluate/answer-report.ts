import type { AnswerMeasureName, AnswerMeasures } from '../../evaluate/answer-measures.ts';
import type { ModelCalls } from '../../evaluate/ask-for-json.ts';

export type { AnswerMeasureName };

/** Mean of a measure over the answers for which it can be said, with a 95 % bootstrap interval. */
export type AnswerSummary = {
  readonly measure: AnswerMeasureName;
  readonly mean: number;
  readonly interval: readonly [low: number, high: number];
  /** How many answers it is the mean of; the mean of none is 0. */
  readonly answers: number;
};

export type QuestionAnswer = {
  readonly id: string;
  readonly question: string;
  readonly kind: string | null;
  readonly isAnswerable: boolean;
  readonly isRefused: boolean;
  readonly answer: string;
  readonly gold: string | null;
  readonly latencyMs: number;
  /** Null for a question that has no answer. */
  readonly lexical: AnswerMeasures | null;
  readonly judged: AnswerMeasures | null;
};

export type AnswerReport = {
  readonly set: string;
  /** Who answered; "extractive" is no model. */
  readonly model: string;
  /** Null without one. */
  readonly judge: ({ readonly model: string } & Readonly<ModelCalls>) | null;
  readonly answerable: { readonly questions: number; readonly refused: number };
  readonly unanswerable: { readonly questions: number; readonly refused: number };
  readonly lexical: readonly AnswerSummary[];
  readonly judged: readonly AnswerSummary[] | null;
  /** Of the questions that have an answer. */
  readonly kinds: readonly {
    readonly kind: string;
    readonly questions: number;
    readonly refused: number;
    readonly lexical: readonly AnswerSummary[];
  }[];
  /** Of searching and answering, within this process. */
  readonly latencyMs: { readonly p50: number; readonly p95: number };
  readonly questions: readonly QuestionAnswer[];
};
