import type { Question } from '../../evaluate/types.ts';
import { RagError } from '../../platform/errors.ts';
import type { SearchHit } from '../types.ts';

/** What keys stand for: documents, or passages of them. */
export type JudgedQuestion = Question & {
  readonly unit: 'document' | 'passage';
  /** The right answer in words; null where only places are known. */
  readonly gold: string | null;
};

/** A question whose answer can be judged, but not what is found for it. */
export type OpenQuestion = {
  readonly id: string;
  readonly text: string;
  readonly kind: string | null;
  /** Null: nothing answers it, and it should be refused. */
  readonly gold: string | null;
};

/** Questions that can be asked of one knowledge base. */
export type QuestionSet = {
  readonly name: string;
  readonly questions: readonly JudgedQuestion[];
  readonly open: readonly OpenQuestion[];
  /** Lines that cannot be judged by what is found, and why. */
  readonly skipped: readonly { readonly id: string; readonly reason: string }[];
  /** What a hit stands for among the judgements of the question. */
  keysOf(question: JudgedQuestion, hit: SearchHit): readonly string[];
};

/** Every other question, from the first (even) or second (odd): one half to fit on, one to report. */
export const everyOther = <Set extends QuestionSet>(set: Set, half: 'even' | 'odd'): Set => ({
  ...set,
  name: `${set.name} (${half})`,
  questions: set.questions.filter((_, i) => (i % 2 === 0) === (half === 'even')),
  open: set.open.filter((_, i) => (i % 2 === 0) === (half === 'even')),
});

/** Throws NOT_FOUND when there is no question for which it is known what should be found. */
export function requireJudged({ name, questions, skipped }: Omit<QuestionSet, 'keysOf'>): void {
  if (questions.length > 0) return;
  throw new RagError('NOT_FOUND', {
    message: `No question of ${name} can be judged${skipped[0] ? `: of ${skipped[0].id}, ${skipped[0].reason}` : ''}.`,
    hint: 'Name documents by their path as `rag ls` shows it, in the list "paths" of each question.',
  });
}
