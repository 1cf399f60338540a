import { RagError } from '../../platform/errors.ts';
import type { QuestionSet } from '../evaluate/question-set.ts';
import { questionSetOf } from '../evaluate/read-question-set.ts';
import type { KnowledgeBase } from '../types.ts';

/** What people said was right, as questions to measure and tune with. Throws NOT_FOUND when nobody said anything. */
export async function feedbackSet(knowledgeBase: KnowledgeBase): Promise<QuestionSet> {
  const lines = (await knowledgeBase.usage()).feedbackLines();
  if (lines.length === 0) {
    throw new RagError('NOT_FOUND', {
      message: 'There is no feedback whose document is still there.',
      hint: '`rag search <query> --pick <number>` says which hit was right.',
    });
  }
  return questionSetOf(
    knowledgeBase,
    'feedback',
    lines.map(({ id, question, paths, passages, kind }) => ({
      id,
      text: question,
      kind,
      relevant: paths,
      passages,
      answer: null,
      isUnanswerable: false,
    })),
  );
}
