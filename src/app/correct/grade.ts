import { judgeRelevance } from '../../answer/judge-relevance.ts';
import { separateQuestions } from '../../retrieve/query/question-parts.ts';
import type { Store } from '../../store/types.ts';
import { sentencesFor } from '../routes/sentences-for.ts';
import type { Routed } from '../routes/types.ts';
import type { SearchHit } from '../types.ts';
import type { Grade } from './types.ts';

export type Graded = { readonly routed: Routed; readonly grade: Grade };

export const gradeOf = (question: string, hits: readonly SearchHit[]): Grade => judgeRelevance({ question, hits });

export const isBetter = (a: Grade, b: Grade): boolean =>
  a.answerable !== b.answerable
    ? a.answerable
    : a.missing.length !== b.missing.length
      ? a.missing.length < b.missing.length
      : a.coverage > b.coverage;

/** Of several questions in one, the grade is of the part that is answered least, and sentences are quoted for each. */
export function gradeQuestion(store: Pick<Store, 'documentText'>, question: string, routed: Routed): Graded {
  const { hits } = routed.result;
  const whole = gradeOf(question, hits);
  const parts = separateQuestions(question);
  if (!parts) return { routed, grade: whole };
  const grades = parts.map((part) => gradeOf(part, hits));
  const least = grades.reduce((a, b) => (isBetter(a, b) ? b : a));
  if (!least.answerable) return { routed, grade: { ...least, missing: whole.missing } };
  const extracts = parts.flatMap((part) => sentencesFor(store, part, hits, hits));
  return { routed: extracts.length > 0 ? { ...routed, extracts } : routed, grade: least };
}
