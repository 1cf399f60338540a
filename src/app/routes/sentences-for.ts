import { type Extract, extractAnswer } from '../../answer/extract-answer.ts';
import { judgeRelevance } from '../../answer/judge-relevance.ts';
import type { Store } from '../../store/types.ts';
import type { SearchHit } from '../types.ts';

/** Of the sentences that are quoted; as many again for each other part. */
const SENTENCES_OF_A_PART = 2;

/** What best says something of one part of a question, by the numbers that its passages have among all. */
export function sentencesFor(
  store: Pick<Store, 'documentText'>,
  part: string,
  own: readonly SearchHit[],
  all: readonly SearchHit[],
): Extract[] {
  const hits = own.filter(({ chunk }) => all.some((each) => each.chunk.id === chunk.id));
  if (!judgeRelevance({ question: part, hits }).answerable) return [];
  return extractAnswer({ question: part, hits, documentText: (id) => store.documentText(id) })
    .slice(0, SENTENCES_OF_A_PART)
    .map((extract) => {
      const id = hits[extract.marker - 1]?.chunk.id;
      return { ...extract, marker: all.findIndex(({ chunk }) => chunk.id === id) + 1 };
    });
}
