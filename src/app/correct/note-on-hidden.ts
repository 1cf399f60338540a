import { describeConditions } from '../../domain/describe-conditions.ts';
import type { AppContext } from '../app-context.ts';
import { search } from '../search.ts';
import type { SearchOptions } from '../types.ts';
import { gradeOf } from './grade.ts';

/**
 * A filter that the user gave is never dropped; where documents that it leaves out would answer the question, a note says
 * so.
 */
export async function noteOnHidden(
  context: AppContext,
  question: string,
  { filter = {}, log: _, explain: __, ...options }: SearchOptions,
): Promise<string[]> {
  const described = describeConditions(filter);
  if (described === '') return [];
  const { hits } = await search(context, question, options);
  const [best] = hits;
  if (!best || !gradeOf(question, hits).answerable) return [];
  return [`The filter (${described}) hides what may answer this: "${best.document.title}" (${best.path}).`];
}
