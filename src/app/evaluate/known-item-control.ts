import { RagError } from '../../platform/errors.ts';
import type { KnowledgeBase } from '../types.ts';
import { generateQuestionSet } from './generate-question-set.ts';
import { questionSetOf } from './read-question-set.ts';
import type { Control } from './tune.ts';

/** Enough to see a loss of a few points, few enough to take seconds. */
const QUESTIONS = 150;

/** Of fewer, one question that falls is a loss of points. */
const MIN_QUESTIONS = 30;

/**
 * Questions for titles, headings and facts of the same documents: whatever is tuned, people must still find a document
 * by its name. Null where the documents give too few.
 */
export function knownItemControl(knowledgeBase: KnowledgeBase): Control | null {
  try {
    const questions = generateQuestionSet(knowledgeBase, { limit: QUESTIONS });
    if (questions.length < MIN_QUESTIONS) return null;
    const lines = questions.map((question) => ({
      id: question.id,
      text: question.question,
      kind: question.kind,
      relevant: question.paths,
      passages: [],
      answer: null,
      isUnanswerable: false,
    }));
    return { knowledgeBase, set: questionSetOf(knowledgeBase, 'known items', lines) };
  } catch (error) {
    if (error instanceof RagError && error.code === 'NOT_FOUND') return null;
    throw error;
  }
}
