import type { Question } from '../../evaluate/types.ts';
import type { SearchHit } from '../types.ts';

/** What keys stand for: documents, or passages of them. */
export type JudgedQuestion = Question & { readonly unit: 'document' | 'passage' };

/** Questions that can be asked of one knowledge base. */
export type QuestionSet = {
  readonly name: string;
  readonly questions: readonly JudgedQuestion[];
  /** Lines that cannot be judged, and why. */
  readonly skipped: readonly { readonly id: string; readonly reason: string }[];
  /** What a hit stands for among the judgements of the question. */
  keysOf(question: JudgedQuestion, hit: SearchHit): readonly string[];
};

/** Every other question, from the first (even) or second (odd): one half to fit on, one to report. */
export const everyOther = <Set extends QuestionSet>(set: Set, half: 'even' | 'odd'): Set => ({
  ...set,
  name: `${set.name} (${half})`,
  questions: set.questions.filter((_, i) => (i % 2 === 0) === (half === 'even')),
});
