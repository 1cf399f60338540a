import type { AnswerEvent } from '../../answer/answer-question.ts';
import type { Answer } from '../../domain/answer.ts';
import type { Store } from '../../store/types.ts';
import { isModelRefusal, quotedInstead } from '../answer-or-quote.ts';
import type { AppContext } from '../app-context.ts';
import { contextBudget } from '../context/context-budget.ts';
import { endsInExtraction, generatorFor } from '../generator-for.ts';
import { withCitationPlaces } from '../places.ts';
import { search } from '../search.ts';
import type { SearchHit } from '../types.ts';
import { weighValidity } from '../validity/weigh-validity.ts';
import { quoteSummary } from './quote-summary.ts';
import {
  documentsOfHits,
  MAX_DOCUMENTS,
  passagesOfEach,
  passagesWithin,
  type ReadDocument,
  readDocument,
  spread,
} from './read-passages.ts';
import { type ResolvedTarget, resolveTarget } from './resolve-target.ts';
import { POINTS, type SummaryEvent, type SummaryOptions, type SummaryScope, type SummaryTarget } from './types.ts';
import { tellOfSuperseded, withoutSuperseded } from './without-superseded.ts';
import { type WriteEvent, type WriteOptions, writeSummary } from './write-summary.ts';

const MAX_CALLS = 12;
/** Hits of a search that are summarized. */
const MAX_HITS = 40;
/** Hits that score less are of something else. */
const MIN_SHARE_OF_BEST = 0.4;

/**
 * Summarizes a document, a folder, a collection or what a search finds: by the model, part by part where it is long, or
 * without one by the sentences that most others are like, word for word. What is too large is read in part, and told.
 * Throws NOT_FOUND, USAGE, MODEL_*, as `resolveTarget` and the model do.
 */
export async function* summarize(
  context: AppContext,
  target: SummaryTarget,
  options: SummaryOptions = {},
): AsyncGenerator<SummaryEvent> {
  const { store, settings } = context;
  const { length = 'medium', signal } = options;
  const generator = generatorFor(options.model ?? settings.model, context, 'summarize');
  const contextTokens = contextBudget(generator?.name, settings);
  // One call is for the merging of notes.
  const calls = Math.max(1, (options.maxCalls ?? MAX_CALLS) - 1);
  const read: ReadDocument[] = [];
  let query: string | undefined;
  let superseded: readonly string[] = [];
  /** Why a search found nothing. */
  let nothingFound: readonly string[] = [];
  let scope: Omit<SummaryScope, 'readPassages'>;
  if (target && 'search' in target) {
    const result = await search(context, target.search, { limit: MAX_HITS, filter: options.filter, signal });
    const weighing = { limit: MAX_HITS, filter: options.filter, signal };
    const { routed } = await weighValidity(context, target.search, { result }, weighing);
    const best = Math.max(...result.hits.map(({ score }) => score));
    const found = routed.result.hits.filter(({ score }) => score >= MIN_SHARE_OF_BEST * best);
    const paths = new Set(found.map(({ path }) => path));
    const isLeft = ({ validity }: SearchHit): boolean =>
      validity?.applies === false && validity.supersededBy !== null && paths.has(validity.supersededBy);
    const hits = found.filter((hit) => !isLeft(hit));
    superseded = [...new Set(found.filter(isLeft).map(({ path }) => path))];
    query = target.search;
    if (hits.length === 0) nothingFound = result.notes;
    read.push(...documentsOfHits(store, hits, query));
    scope = { kind: 'search', name: target.search, documents: read.length, passages: hits.length };
  } else {
    const named = resolveTarget(store, target?.name ?? null, options.filter ?? {});
    const { documents, left } = withoutSuperseded(store, named.documents, context.runtime.clock.now());
    superseded = left;
    const resolved = { ...named, documents };
    yield* readAll(store, resolved, read, signal);
    scope = scopeOf(resolved);
  }
  const subject = scope.name;
  const points = POINTS[length];
  const hits = generator ? passagesWithin(read, contextTokens * calls) : [];
  const readPassages = generator ? hits.length : read.reduce((sum, each) => sum + each.hits.length, 0);
  const whole: SummaryScope = { ...scope, readPassages };
  yield { type: 'summary-start', scope: whole };
  const told = [...nothingFound, ...tellOf(whole), ...tellOfSuperseded(superseded)];
  const quote = () => quoted(store, quoteSummary(store, read, { subject, points, query }));
  const events =
    generator && hits.length > 0
      ? writtenOr(endsInExtraction(settings, 'summarize') ? quote : null, {
          hits,
          subject,
          points,
          generator,
          contextTokens,
          store,
          signal,
        })
      : quote();
  for await (const event of events) {
    if (event.type === 'call-end') {
      yield { type: 'summary-progress', done: event.done, total: event.total, what: 'parts' };
    } else if (event.type === 'answer-end') {
      const answer = { ...event.answer, warnings: [...told, ...event.answer.warnings] };
      yield { type: 'summary-end', summary: { scope: whole, length, answer } };
    } else yield event;
  }
}

/** What no model has begun to write is quoted instead, where that is wanted, and a warning says why. */
async function* writtenOr(
  quote: (() => AsyncGenerator<AnswerEvent>) | null,
  options: WriteOptions,
): AsyncGenerator<WriteEvent> {
  let hasBegun = false;
  try {
    for await (const event of writeSummary(options)) {
      hasBegun ||= event.type !== 'call-end';
      yield event;
    }
  } catch (error) {
    if (!quote || hasBegun || !isModelRefusal(error)) throw error;
    const warning = quotedInstead('a summary', error);
    for await (const event of quote()) {
      yield event.type === 'answer-end'
        ? { ...event, answer: { ...event.answer, warnings: [warning, ...event.answer.warnings] } }
        : event;
    }
  }
}

async function* quoted(store: Store, answer: Answer): AsyncGenerator<AnswerEvent> {
  yield* withCitationPlaces(store, answer.hits, eventsOf(answer));
}

async function* eventsOf(answer: Answer): AsyncGenerator<AnswerEvent> {
  if (answer.text !== '') yield { type: 'text-delta', text: answer.text };
  for (const citation of answer.citations) yield { type: 'citation', citation };
  yield { type: 'answer-end', answer };
}

async function* readAll(
  store: Store,
  { documents }: ResolvedTarget,
  read: ReadDocument[],
  signal?: AbortSignal,
): AsyncGenerator<SummaryEvent> {
  const taken = spread(documents, MAX_DOCUMENTS);
  const maxPassages = passagesOfEach(taken.length);
  for (const document of taken) {
    read.push(readDocument(store, document, { maxPassages, signal }));
    yield { type: 'summary-progress', done: read.length, total: taken.length, what: 'documents' };
  }
}

const scopeOf = ({ kind, name, documents }: ResolvedTarget): Omit<SummaryScope, 'readPassages'> => ({
  kind,
  name,
  documents: documents.length,
  passages: documents.reduce((sum, { chunks }) => sum + chunks, 0),
});

function tellOf({ passages, readPassages }: SummaryScope): string[] {
  return readPassages < passages
    ? [`It is too large to be read whole: ${readPassages} of its ${passages} passages were read.`]
    : [];
}
