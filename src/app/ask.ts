import type { AnswerOptions } from '../answer/answer-question.ts';
import { calendarDate } from '../domain/calendar-date.ts';
import { answerOrQuote } from './answer-or-quote.ts';
import type { AppContext } from './app-context.ts';
import { answerFromCatalogue } from './catalogue.ts';
import { contextBudget, passagesFor } from './context/context-budget.ts';
import { surroundingsIn } from './context/surroundings.ts';
import { findEvidence } from './find-evidence.ts';
import { endsInExtraction, generatorFor } from './generator-for.ts';
import { withCitationPlaces } from './places.ts';
import { withStaleSources } from './stale-sources.ts';
import type { AskEvent, AskOptions } from './types.ts';
import { withValidityWarnings } from './validity/with-validity-warnings.ts';

/**
 * Searches, then answers from what was found: by the model, or without one by quoting. How many documents there are, and
 * which, is looked up; a question about one document is answered from the whole of it; a comparison from passages for
 * either side; where the newest is asked for, newer documents come first.
 */
export async function* ask(context: AppContext, question: string, options: AskOptions = {}): AsyncIterable<AskEvent> {
  const { store, settings } = context;
  const purpose = options.purpose ?? 'ask';
  const generator = generatorFor(options.model ?? settings.model, context, purpose, {
    cache: options.cache === true && purpose === 'ask',
  });
  const counted = await answerFromCatalogue(context, question, options.filter ?? {});
  if (counted) {
    yield* counted;
    return;
  }
  const contextTokens = contextBudget(generator?.name, settings, options.contextTokens);
  const { result, extracts } = await findEvidence(context, question, {
    ...options,
    limit: options.limit ?? (generator ? passagesFor(contextTokens) : settings.search.limit),
    readTokens: generator ? contextTokens : null,
  });
  yield { type: 'search-end', result };
  const answering: AnswerOptions = {
    question,
    hits: result.hits,
    generator,
    system: options.system,
    conversation: options.conversation,
    onPrompt: options.onPrompt,
    today: calendarDate(context.runtime.clock.now()),
    contextTokens,
    passageOrder: result.route?.kind === 'document' ? 'given' : undefined,
    around: surroundingsIn(store),
    documentText: (id) => store.documentText(id),
    extracts,
    relevance: result.grade,
    signal: options.signal,
  };
  const events = answerOrQuote(answering, endsInExtraction(settings, purpose));
  yield* withStaleSources(store, withCitationPlaces(store, result.hits, withValidityWarnings(events)));
}
