import { type AnswerEvent, type AnswerOptions, answerQuestion } from '../answer/answer-question.ts';
import { isRagError, type RagError } from '../platform/errors.ts';

/**
 * As `answerQuestion`. With `quotes`, an answer that no model has begun is quoted from the documents instead, and a
 * warning says why.
 */
export async function* answerOrQuote(options: AnswerOptions, quotes: boolean): AsyncGenerator<AnswerEvent> {
  let hasBegun = false;
  try {
    for await (const event of answerQuestion(options)) {
      hasBegun = true;
      yield event;
    }
  } catch (error) {
    if (!quotes || hasBegun || !isModelRefusal(error)) throw error;
    const warning = quotedInstead('an answer', error);
    for await (const event of answerQuestion({ ...options, generator: null })) {
      yield event.type === 'answer-end'
        ? { ...event, answer: { ...event.answer, warnings: [warning, ...event.answer.warnings] } }
        : event;
    }
  }
}

/** Whether it says that no model answers, for whatever reason. */
export const isModelRefusal = (error: unknown): error is RagError =>
  isRagError(error) && /^(?:MODEL_|BUDGET_EXCEEDED|OFFLINE)/.test(error.code);

export const quotedInstead = (what: string, { message }: RagError): string =>
  `No model gave ${what}, so this is quoted from the documents. ${message}`;
