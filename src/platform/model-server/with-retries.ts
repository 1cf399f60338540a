import { throwIfAborted } from '../errors.ts';
import { isPassing, type ModelContext, toModelError } from './model-error.ts';
import { ModelFault } from './model-fault.ts';
import { retryDelayMs, waitFor } from './retry-delay.ts';

export type RetrySettings = {
  /** Attempts after the first on 429, 5xx and a refused connection. */
  readonly maxRetries: number;
  /** Longest pause that a server may ask for; 20 s unless said otherwise. */
  readonly maxRetryAfterMs?: number;
  /** How the pause before a retry passes; the default is a timer. Rejects when the signal fires. */
  readonly wait?: (delayMs: number, signal: AbortSignal) => Promise<void>;
};

/**
 * The result of the first attempt that succeeds. Faults that pass (429, 5xx, a refused or reset connection) are waited
 * out as the server asks. Throws RagError MODEL_* for what stays, ABORTED when the signal fires.
 */
export async function withRetries<Result>(parts: {
  readonly attempt: () => Promise<Result>;
  readonly context: ModelContext;
  readonly settings: RetrySettings;
  readonly signal: AbortSignal;
}): Promise<Result> {
  const { attempt, context, settings, signal } = parts;
  for (let retry = 0; ; retry++) {
    throwIfAborted(signal);
    try {
      return await attempt();
    } catch (error) {
      throwIfAborted(signal);
      if (!(error instanceof ModelFault)) throw error;
      const delayMs = pauseBeforeRetry({ ...settings, fault: error, retry });
      if (delayMs === null) throw toModelError(error, context, 0);
      await pause(delayMs, settings, signal);
    }
  }
}

/** Milliseconds until another attempt makes sense; null when none does, or the server asks for longer than is bearable. */
export function pauseBeforeRetry(parts: {
  readonly fault: ModelFault;
  readonly retry: number;
  readonly maxRetries: number;
  readonly maxRetryAfterMs?: number;
}): number | null {
  const { fault, retry, maxRetries, maxRetryAfterMs } = parts;
  if (retry >= maxRetries || !isPassing(fault)) return null;
  const retryAfterMs = fault.fault.kind === 'status' ? fault.fault.retryAfterMs : null;
  return retryDelayMs(retry + 1, retryAfterMs, Math.random, maxRetryAfterMs);
}

/** Throws ABORTED when the signal fires. */
export async function pause(delayMs: number, settings: RetrySettings, signal: AbortSignal): Promise<void> {
  await (settings.wait ?? waitFor)(delayMs, signal).catch((error: unknown) => {
    throwIfAborted(signal);
    throw error;
  });
}
