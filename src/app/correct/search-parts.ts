import type { Extract } from '../../answer/extract-answer.ts';
import { questionParts } from '../../retrieve/query/question-parts.ts';
import type { AppContext } from '../app-context.ts';
import { inTurn } from '../routes/in-turn.ts';
import { sentencesFor } from '../routes/sentences-for.ts';
import type { Routed } from '../routes/types.ts';
import { search } from '../search.ts';
import type { SearchHit, SearchOptions } from '../types.ts';
import { gradeOf } from './grade.ts';
import type { Grade } from './types.ts';

/**
 * A search for each part of a question, their hits in turn with those of the whole. It is answerable where some part is; its coverage is the mean
 * of the parts', and what any part misses is missing. Null for a question that has no parts.
 */
export function searchParts(
  context: AppContext,
  question: string,
  options: SearchOptions & { readonly limit: number },
  whole: readonly SearchHit[],
): (() => Promise<{ routed: Routed; grade: Grade } | null>) | null {
  const parts = questionParts(question);
  if (!parts) return null;
  return async () => {
    const found = [];
    for (const part of parts) {
      const result = await search(context, part, options);
      found.push({ part, result, grade: gradeOf(part, result.hits) });
    }
    const answered = found.filter(({ grade }) => grade.answerable);
    const [first] = found;
    if (!first || answered.length === 0) return null;
    const hits = inTurn([whole, ...answered.map(({ result }) => result.hits)]).slice(0, options.limit);
    const extracts: Extract[] = answered.flatMap(({ part, result }) =>
      sentencesFor(context.store, part, result.hits, hits),
    );
    const unanswered = found.filter(({ grade }) => !grade.answerable).map(({ part }) => `"${part}"`);
    const notes = unanswered.length > 0 ? [`Nothing was found on ${unanswered.join(' and ')}.`] : [];
    return {
      routed: {
        result: {
          ...first.result,
          query: question,
          hits,
          notes: [
            ...new Set([...found.flatMap(({ result }) => (result.hits.length > 0 ? result.notes : [])), ...notes]),
          ],
          route: { kind: 'search', note: '' },
        },
        ...(extracts.length > 0 ? { extracts } : {}),
      },
      grade: {
        answerable: true,
        coverage: found.reduce((sum, { grade }) => sum + grade.coverage, 0) / found.length,
        missing: [...new Set(found.flatMap(({ grade }) => grade.missing))],
      },
    };
  };
}
