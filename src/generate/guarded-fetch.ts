import { faultOf, statusFault } from '../platform/model-server/fault-of.ts';
import { ModelFault } from '../platform/model-server/model-fault.ts';
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
    // A body that nobody begins to read would leave it running.
    options.signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
    try {
      const response = await options.fetch(input, {
        ...init,
        // A redirect would carry the text, and a key in a header, to another host.
        redirect: 'manual',
        signal: AbortSignal.any(signals),
      });
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
    if (last && !inspector.complete?.())
      fail(new ModelFault({ kind: 'broken', reason: 'the stream ended before its end mark' }));
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
        if (!inspector.complete?.()) fail(faultOf(error, 'in-response'));
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
