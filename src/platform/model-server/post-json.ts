import { faultOf, statusFault } from './fault-of.ts';
import { ModelFault } from './model-fault.ts';

export type JsonRequest = {
  readonly fetch: typeof globalThis.fetch;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: unknown;
  readonly signal: AbortSignal;
  /** Longest time for the whole answer. */
  readonly timeoutMs: number;
  /** Most bytes of the answer, after decoding. */
  readonly maxBytes: number;
};

const EXCERPT_LENGTH = 200;

/**
 * One POST of JSON, its answer as a value. Redirects are not followed: they would carry the text to another host.
 * Throws ModelFault (status, network, timeout, malformed, broken), or the signal's reason.
 */
export async function postJson(request: JsonRequest): Promise<unknown> {
  const { timeoutMs, signal } = request;
  const controller = new AbortController();
  const timer = setTimeout(
    () => controller.abort(new ModelFault({ kind: 'timeout', phase: 'first-byte', afterMs: timeoutMs })),
    timeoutMs,
  );
  let when: 'before-response' | 'in-response' = 'before-response';
  try {
    const response = await request.fetch(request.url, {
      method: 'POST',
      headers: { ...request.headers, 'content-type': 'application/json', accept: 'application/json' },
      body: JSON.stringify(request.body),
      redirect: 'manual',
      signal: AbortSignal.any([signal, controller.signal]),
    });
    if (!response.ok) throw await statusFault(response);
    when = 'in-response';
    return parse(await readText(response, request.maxBytes));
  } catch (error) {
    if (signal.aborted) throw error;
    throw faultOf(error, when);
  } finally {
    clearTimeout(timer);
    // Closes the connection of an answer that was not read to its end.
    controller.abort();
  }
}

async function readText({ body }: Response, maxBytes: number): Promise<string> {
  const reader = body?.getReader();
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true };
    if (done || !value) return text + decoder.decode();
    bytes += value.byteLength;
    if (bytes > maxBytes) throw new ModelFault({ kind: 'malformed', excerpt: `more than ${maxBytes} bytes` });
    text += decoder.decode(value, { stream: true });
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const excerpt = text.trim() === '' ? 'nothing' : text.slice(0, EXCERPT_LENGTH);
    throw new ModelFault({ kind: 'malformed', excerpt }, error);
  }
}
