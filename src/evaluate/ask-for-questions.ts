import type { Generator } from '../generate/types.ts';
import { askForJson, type ModelCalls, tagged } from './ask-for-json.ts';

/** Changes with the prompt, so that replies to an older one are not taken for replies to this. */
export const QUESTION_PROMPT_VERSION = 1;

/** A question that a model made of a passage, not checked yet. */
export type ModelQuestion = {
  readonly question: string;
  readonly answer: string;
  /** Words of the passage that answer it, as the model copied them. */
  readonly quote: string;
};

const MAX_QUESTIONS = 2;
const MAX_FIELD_LENGTH = 600;

/** Asks for questions that a passage answers. Null when the reply cannot be read twice; throws what the generator throws. */
export const askForQuestions = (
  generator: Generator,
  { title, passage }: { readonly title: string; readonly passage: string },
  count: ModelCalls,
  signal?: AbortSignal,
): Promise<readonly ModelQuestion[] | null> =>
  askForJson(
    generator,
    `${tagged('passage', passage, ` title="${title.replace(/[<>"\n]/g, ' ')}"`)}

Write up to ${MAX_QUESTIONS} questions that somebody who does not know this passage would type into a search, and that the passage answers. Ask for facts, in the language of the passage and in other words than its own where you can. A question must make sense without the passage: name what it is about, and say nothing of "the passage" or "the text".
For each give the answer in a few words, and copy the sentence of the passage that answers it, word for word. No questions where the passage has no fact.
Form: {"questions": [{"question": "...", "answer": "...", "quote": "..."}]}`,
    readQuestions,
    count,
    signal,
  );

/** Entries that lack a part are left out. */
export function readQuestions({ questions }: Readonly<Record<string, unknown>>): readonly ModelQuestion[] | null {
  if (!Array.isArray(questions)) return null;
  return questions.slice(0, MAX_QUESTIONS).flatMap((each: unknown) => {
    const { question, answer, quote } = (typeof each === 'object' && each !== null ? each : {}) as Record<
      string,
      unknown
    >;
    const isText = (value: unknown): value is string =>
      typeof value === 'string' && value.trim() !== '' && value.length <= MAX_FIELD_LENGTH;
    return isText(question) && isText(answer) && isText(quote)
      ? [{ question: question.trim(), answer: answer.trim(), quote: quote.trim() }]
      : [];
  });
}
