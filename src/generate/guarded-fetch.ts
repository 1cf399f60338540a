import { messageOf } from '../platform/errors.ts';
import { ModelFault } from '../platform/model-server/model-fault.ts';
import { parseRetryAfter } from '../platform/model-server/retry-delay.ts';
import type { LineInspector } from './line-inspector.ts';

export type GuardedFetch = {
  readonly fetch: typeof globalThis.fetch;
  /** What ended the last response early, whatever the library on top of it made of that. */
  failure(): ModelFault | null;
};

export type GuardOptions = {
  readonly fetch: typeof globalThis.fetch;
  readonly signal: AbortSignal;
  readonly firstByteTimeoutMs: number;
  readonly idleTimeoutMs: number;
  readonly inspector: LineInspector;
};

/** Enough for any error message; an endless error page is cut here. */
const MAX_ERROR_BODY_LENGTH = 16_384;
/** A token is a few hundred bytes of JSON. A longer line is no answer but an attempt on our memory. */
const MAX_LINE_LENGTH = 4_194_304;

/**
 * A fetch for one streamed request, with the bounds that the client libraries lack: a longest wait for the first byte
 * and between two bytes, error bodies of bounded length, and every line checked before the library sees it. A status
 * outside 2xx throws ModelFault at once (the Ollama client would print to stdout otherwise). A stream that fails is
 * closed, not errored, so that no delta in the library's buffers is lost; ask `failure()` after its end.
 */
export function guardFetch(options: GuardOptions): GuardedFetch {
  let failure: ModelFault | null = null;
  const fail = (fault: ModelFault): ModelFault => {
    failure ??= fault;
    return fault;
  };

  const guarded: typeof globalThis.fetch = async (input, init) => {
    const controller = new AbortController();
    const signals = [options.signal, controller.signal];
    if (init?.signal) signals.push(init.signal);
    const timer = startTimer(controller, 'first-byte', options.firstByteTimeoutMs);
    try {
      const response = await options.fetch(input, { ...init, signal: AbortSignal.any(signals) });
      if (!response.ok) throw await statusFault(response);
      if (!response.body) throw new ModelFault({ kind: 'broken', reason: 'the response had no body' });
      const body = inspectBody({ body: response.body, options, controller, firstByteTimer: timer, fail });
      return new Response(body, { status: response.status, headers: response.headers });
    } catch (error) {
      clearTimeout(timer);
      if (options.signal.aborted) throw error;
      throw fail(faultOf(error, 'before-response'));
    }
  };
  return { fetch: guarded, failure: () => failure };
}

function inspectBody(parts: {
  body: ReadableStream<Uint8Array>;
  options: GuardOptions;
  controller: AbortController;
  firstByteTimer: NodeJS.Timeout;
  fail: (fault: ModelFault) => ModelFault;
}): ReadableStream<Uint8Array> {
  const { options, controller, fail } = parts;
  const { inspector } = options;
  const reader = parts.body.getReader();
  const decoder = new TextDecoder();
  const encoder = new TextEncoder();
  let timer: NodeJS.Timeout | null = parts.firstByteTimer;
  let rest = '';

  /** Checks whole lines and returns those that stand; a bad one is kept as the failure and ends the stream. */
  const takeLines = (text: string, last: boolean): { good: string; end: boolean } => {
    const lines = (rest + text).split('\n');
    rest = last ? '' : (lines.pop() ?? '');
    let good = '';
    try {
      if (rest.length > MAX_LINE_LENGTH) throw new ModelFault({ kind: 'malformed', excerpt: rest.slice(0, 200) });
      for (const line of lines) {
        if (inspector.line(line)) good += `${line}\n`;
        if (inspector.ended()) return { good, end: true };
      }
    } catch (error) {
      fail(faultOf(error, 'in-response'));
      return { good, end: true };
    }
    if (last) fail(new ModelFault({ kind: 'broken', reason: 'the stream ended before its end mark' }));
    return { good, end: last };
  };

  const pull = async (target: ReadableStreamDefaultController<Uint8Array>): Promise<void> => {
    for (;;) {
      timer ??= startTimer(controller, 'idle', options.idleTimeoutMs);
      let taken: { good: string; end: boolean };
      try {
        const { done, value } = await reader.read();
        taken = takeLines(done ? decoder.decode() : decoder.decode(value, { stream: true }), done);
      } catch (error) {
        if (options.signal.aborted) throw error;
        fail(faultOf(error, 'in-response'));
        taken = { good: '', end: true };
      } finally {
        clearTimeout(timer);
        timer = null;
      }
      if (taken.good !== '') target.enqueue(encoder.encode(taken.good));
      if (taken.end) {
        target.close();
        controller.abort();
        return;
      }
      if (taken.good !== '') return;
    }
  };
  // No read-ahead: what has been read is what has been asked for, so a failure never overtakes text before it.
  return new ReadableStream<Uint8Array>({ pull, cancel: () => controller.abort() }, { highWaterMark: 0 });
}

function startTimer(controller: AbortController, phase: 'first-byte' | 'idle', afterMs: number): NodeJS.Timeout {
  return setTimeout(() => controller.abort(new ModelFault({ kind: 'timeout', phase, afterMs })), afterMs);
}

async function statusFault(response: Response): Promise<ModelFault> {
  const retryAfterMs = parseRetryAfter(response.headers, Date.now());
  return new ModelFault({ kind: 'status', status: response.status, body: await readErrorBody(response), retryAfterMs });
}

async function readErrorBody(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  if (!reader) return '';
  const decoder = new TextDecoder();
  let text = '';
  try {
    while (text.length < MAX_ERROR_BODY_LENGTH) {
      const { done, value } = await reader.read();
      if (done) break;
      text += decoder.decode(value, { stream: true });
    }
    await reader.cancel();
  } catch {
    // The status alone says enough; a body that breaks off adds nothing to it.
  }
  return text.slice(0, MAX_ERROR_BODY_LENGTH);
}

/** Codes of undici and Node that mean a clock ran out inside the HTTP client. */
const CLIENT_TIMEOUTS: Readonly<Record<string, 'first-byte' | 'idle'>> = {
  UND_ERR_HEADERS_TIMEOUT: 'first-byte',
  UND_ERR_BODY_TIMEOUT: 'idle',
};

/** undici's own bound on headers and body, milliseconds; the message names what ran out. */
const CLIENT_TIMEOUT_MS = 300_000;

function faultOf(error: unknown, when: 'before-response' | 'in-response'): ModelFault {
  if (error instanceof ModelFault) return error;
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  if (cause instanceof ModelFault) return cause;
  const code = errorCode(cause);
  const phase = CLIENT_TIMEOUTS[code];
  if (phase) return new ModelFault({ kind: 'timeout', phase, afterMs: CLIENT_TIMEOUT_MS }, error);
  if (when === 'in-response') return new ModelFault({ kind: 'broken', reason: messageOf(cause) }, error);
  return new ModelFault({ kind: 'network', code, reason: messageOf(cause) }, error);
}

/** `localhost` gives an AggregateError, one error per address; the first one's code stands for all. */
function errorCode(error: unknown): string {
  if (error instanceof AggregateError && errorCodeOf(error) === '') return errorCode(error.errors[0]);
  return errorCodeOf(error);
}

function errorCodeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : '';
}
