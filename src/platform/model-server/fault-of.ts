import { messageOf } from '../errors.ts';
import { ModelFault } from './model-fault.ts';
import { parseRetryAfter, parseRetryInfo } from './retry-delay.ts';

/** Enough for any error message; an endless error page is cut here. */
const MAX_ERROR_BODY_LENGTH = 16_384;

/** The fault of a status outside 2xx, with what the server says of it. */
export async function statusFault(response: Response): Promise<ModelFault> {
  const body = await readErrorBody(response);
  const retryAfterMs = parseRetryAfter(response.headers, Date.now()) ?? parseRetryInfo(body);
  return new ModelFault({ kind: 'status', status: response.status, body, retryAfterMs });
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

/** What was thrown while a request was made (`before-response`) or its body read, as a fault. */
export function faultOf(error: unknown, when: 'before-response' | 'in-response'): ModelFault {
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
