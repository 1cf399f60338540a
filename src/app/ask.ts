import { answerQuestion } from '../answer/answer-question.ts';
import type { AppContext } from './app-context.ts';
import { answerFromCatalogue } from './catalogue.ts';
import { generatorFor } from './generator-for.ts';
import { withCitationPlaces } from './places.ts';
import { routeQuestion } from './routes/route-question.ts';
import type { AskEvent, AskOptions } from './types.ts';

/** Passages that an answer may draw on. */
const PASSAGES = 8;

/** Prompt tokens for passages: fits the 4,096 that small local models are served with, question and answer included. */
const CONTEXT_TOKENS = 2500;

/**
 * Searches, then answers from what was found: by the model, or without one by quoting. How many documents there are, and
 * which, is looked up; a question about one document is answered from the whole of it; a comparison from passages for
 * either side; where the newest is asked for, newer documents come first.
 */
export async function* ask(context: AppContext, question: string, options: AskOptions = {}): AsyncIterable<AskEvent> {
  const { store, settings } = context;
  const generator = generatorFor(options.model ?? settings.model, context, 'ask');
  const counted = await answerFromCatalogue(context, question, options.filter ?? {});
  if (counted) {
    yield* counted;
    return;
  }
  const { result, extracts } = await routeQuestion(context, question, {
    ...options,
    limit: options.limit ?? PASSAGES,
    contextTokens: generator ? CONTEXT_TOKENS : null,
  });
  yield { type: 'search-end', result };
  const events = answerQuestion({
    question,
    hits: result.hits,
    generator,
    system: options.system,
    conversation: options.conversation,
    onPrompt: options.onPrompt,
    contextTokens: CONTEXT_TOKENS,
    documentText: (id) => store.documentText(id),
    extracts,
    signal: options.signal,
  });
  yield* withCitationPlaces(store, result.hits, events);
}
