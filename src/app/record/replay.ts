import { type AnswerEvent, answerQuestion } from '../../answer/answer-question.ts';
import { isNoModel } from '../../config/model-name.ts';
import { calendarDate } from '../../domain/calendar-date.ts';
import type { DocumentId } from '../../domain/ids.ts';
import type { Hit } from '../../domain/search.ts';
import { RagError } from '../../platform/errors.ts';
import type { AppContext } from '../app-context.ts';
import { ask } from '../ask.ts';
import { hitOfReference } from '../chat/remembered-passages.ts';
import { contextBudget } from '../context/context-budget.ts';
import { generatorFor } from '../generator-for.ts';
import type { AskEvent, AskOptions } from '../types.ts';
import { compareRecords } from './compare-records.ts';
import { createAskRecorder } from './create-ask-recorder.ts';
import type { AskRecord, RecordedPassage, Replay, ReplayOptions } from './types.ts';

/** Asks what a record asked, in the same way, and compares. Throws as `ask` does. */
export async function replay(context: AppContext, before: AskRecord, options: ReplayOptions = {}): Promise<Replay> {
  const { settings, runtime } = context;
  if (options.passages) checkPassagesDo(before, options.model ?? before.options.model);
  const model = options.model ?? before.options.model;
  const asking: AskOptions = { ...before.options, model, purpose: 'replay', signal: options.signal };
  const recorder = createAskRecorder({
    question: before.question,
    options: asking,
    settings,
    space: context.store.space(),
    now: runtime.clock.now(),
  });
  const events = options.passages
    ? answerAgain(context, before, { ...asking, onPrompt: recorder.onPrompt })
    : ask(context, before.question, { ...asking, onPrompt: recorder.onPrompt });
  for await (const event of events) recorder.see(event);
  const after = recorder.record();
  // Without a search, nothing says how the question was taken but the record.
  const { route, notes, grade } = before;
  const whole = options.passages ? { ...after, route, notes, ...(grade && { grade }) } : after;
  return { before, after: whole, difference: compareRecords(before, whole) };
}

/** Without a model, some questions are not answered by what their words find in passages. */
function checkPassagesDo({ route, answer }: AskRecord, model: string): void {
  const isLookedUp = answer.model === 'catalogue';
  if (!isLookedUp && !(isNoModel(model) && (route === 'document' || route === 'comparison'))) return;
  throw new RagError('USAGE', {
    message: isLookedUp
      ? 'This question was answered from the list of documents, not from passages.'
      : `This question was read as one about ${route === 'document' ? 'a whole document' : 'two sides'}; without a model, its passages alone do not give the answer again.`,
    hint: 'Leave out --passages.',
  });
}

/** The answer from the recorded passages: no search, and no look at what the documents say today. */
async function* answerAgain(
  context: AppContext,
  { at, question, passages, grade }: AskRecord,
  options: AskOptions,
): AsyncGenerator<AskEvent | AnswerEvent> {
  const texts = textsOf(passages);
  const hits = passages.map((passage, i): Hit => hitOfReference(passage, passage.text, i + 1));
  yield* answerQuestion({
    question,
    hits,
    generator: generatorFor(options.model, context, 'replay'),
    system: options.system,
    onPrompt: options.onPrompt,
    today: calendarDate(Date.parse(at)),
    contextTokens: contextBudget(options.model, context.settings, options.contextTokens),
    passageOrder: 'given',
    documentText: (id) => texts.get(id) ?? null,
    relevance: grade,
    signal: options.signal,
  });
}

/** Of each document what the record has of it, each passage at its place. */
function textsOf(passages: readonly RecordedPassage[]): Map<DocumentId, string> {
  const texts = new Map<DocumentId, string>();
  for (const passage of [...passages].sort((a, b) => a.span.start - b.span.start)) {
    const id = hitOfReference(passage, '', 1).chunk.documentId;
    const before = texts.get(id) ?? '';
    const { start, end } = passage.span;
    if (start >= before.length) texts.set(id, before + '\n'.repeat(start - before.length) + passage.text);
    else if (end > before.length) texts.set(id, before + passage.text.slice(before.length - start));
  }
  return texts;
}
