import { messageOf, RagError, throwIfAborted } from '../platform/errors.ts';
import { type ModelContext, redact, toModelError } from '../platform/model-server/model-error.ts';
import { ModelFault } from '../platform/model-server/model-fault.ts';
import { pause, pauseBeforeRetry } from '../platform/model-server/with-retries.ts';
import { type GuardedFetch, guardFetch } from './guarded-fetch.ts';
import type { LineInspector } from './line-inspector.ts';
import { stripThinking } from './strip-thinking.ts';
import type { GenerateEvent, GeneratorSettings } from './types.ts';

/** One request, without retries; throws whatever its library throws. */
export type Attempt = (parts: {
  readonly fetch: typeof globalThis.fetch;
  readonly signal: AbortSignal;
}) => AsyncIterable<GenerateEvent>;

/**
 * The one place that retries, for every driver. An attempt is repeated, up to `settings.maxRetries` times, only while
 * no text has come and the fault is one that passes (429, 5xx, a refused or reset connection). After the first text a
 * fault ends the stream with MODEL_BROKEN_STREAM or MODEL_TIMEOUT; what came before has been yielded. Leaving the loop
 * early closes the connection.
 */
export async function* streamWithRetries(parts: {
  readonly attempt: Attempt;
  readonly newInspector: () => LineInspector;
  readonly context: ModelContext;
  readonly settings: GeneratorSettings;
  readonly signal: AbortSignal | undefined;
  /** Changes the request so that it may pass after a fault; false when it cannot. Does not count as a retry. */
  readonly adapt?: (fault: ModelFault) => boolean;
}): AsyncGenerator<GenerateEvent> {
  const { context, settings } = parts;
  const outer = parts.signal ?? new AbortController().signal;
  for (let retry = 0; ; ) {
    throwIfAborted(outer);
    const connection = new AbortController();
    const signal = AbortSignal.any([outer, connection.signal]);
    const inspector = parts.newInspector();
    const guard = guardFetch({ ...settings, signal, inspector });
    let textLength = 0;
    let fault: ModelFault;
    try {
      for await (const event of runAttempt(parts.attempt, guard, signal)) {
        if (event.type === 'text-delta') textLength += event.text.length;
        if (event.type === 'finish') {
          const note = inspector.note?.();
          yield note === undefined ? event : { ...event, reason: 'other', note };
          return;
        }
        yield event;
      }
      fault = new ModelFault({ kind: 'broken', reason: 'the stream ended before its end mark' });
    } catch (error) {
      throwIfAborted(outer);
      if (error instanceof RagError) throw error;
      if (!(error instanceof ModelFault)) throw libraryError(error, context);
      fault = error;
    } finally {
      connection.abort();
    }
    if (textLength === 0 && parts.adapt?.(fault)) continue;
    const delayMs = textLength > 0 ? null : pauseBeforeRetry({ fault, retry, maxRetries: settings.maxRetries });
    if (delayMs === null) throw toModelError(fault, context, textLength);
    retry++;
    await pause(delayMs, settings, outer);
  }
}

async function* runAttempt(attempt: Attempt, guard: GuardedFetch, signal: AbortSignal): AsyncGenerator<GenerateEvent> {
  const events = untilAborted(attempt({ fetch: guard.fetch, signal }), signal);
  try {
    for await (const event of stripThinking(events)) {
      const failure = event.type === 'finish' ? guard.failure() : null;
      if (failure) throw failure;
      // A line break is one character; CR LF may come in two pieces.
      const text = event.type === 'text-delta' ? event.text.replaceAll('\r', '') : '';
      if (event.type !== 'text-delta') yield event;
      else if (text !== '') yield { ...event, text };
    }
  } catch (error) {
    throw guard.failure() ?? error;
  }
  const failure = guard.failure();
  if (failure) throw failure;
}

/** Ends the loop when the signal fires, even when the library below does not listen. */
async function* untilAborted<T>(iterable: AsyncIterable<T>, signal: AbortSignal): AsyncGenerator<T> {
  const iterator = iterable[Symbol.asyncIterator]();
  let stop = () => {};
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason);
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
  // The race below reports it; without this a signal that fires between two reads would be an unhandled rejection.
  aborted.catch(() => {});
  try {
    for (;;) {
      const result = await Promise.race([iterator.next(), aborted]);
      if (result.done) return;
      yield result.value;
    }
  } finally {
    signal.removeEventListener('abort', stop);
    // Not awaited: a library that hangs in `next` would hang in `return` too.
    iterator.return?.()?.catch(() => {});
  }
}

const libraryError = (error: unknown, context: ModelContext): RagError =>
  new RagError('MODEL_FAILED', {
    message: `"${context.name}" at ${context.server} failed: ${redact(messageOf(error), context.secrets).slice(0, 300)}`,
    hint: 'Look at the log of the server; `rag doctor` checks the connection.',
  });
