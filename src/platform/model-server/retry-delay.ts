/** A server that asks for more than this is not waited for: the user is told the time instead. */
export const MAX_RETRY_AFTER_MS = 20_000;
/** First pause. Long enough for a server that is restarting its worker, short enough not to be noticed. */
const BASE_DELAY_MS = 400;
const MAX_BACKOFF_MS = 8_000;

/**
 * Milliseconds to wait before attempt `retry` (from 1), or null when the server asks for longer than is bearable.
 * Without a wish of the server: half of an exponential bound and jitter over the other half, which spreads many clients.
 * Source: Brooker, "Exponential Backoff And Jitter", AWS 2015.
 */
export function retryDelayMs(
  retry: number,
  retryAfterMs: number | null,
  random: () => number,
  maxRetryAfterMs = MAX_RETRY_AFTER_MS,
): number | null {
  if (retryAfterMs !== null) return retryAfterMs <= maxRetryAfterMs ? retryAfterMs : null;
  const bound = Math.min(MAX_BACKOFF_MS, BASE_DELAY_MS * 2 ** (retry - 1));
  return Math.round(bound / 2 + random() * (bound / 2));
}

/** `Retry-After` (seconds or an HTTP date) or OpenAI's `retry-after-ms`, in milliseconds from now; null when absent. */
export function parseRetryAfter(headers: Headers, nowMs: number): number | null {
  const milliseconds = Number(headers.get('retry-after-ms') ?? Number.NaN);
  if (Number.isFinite(milliseconds) && milliseconds >= 0) return milliseconds;
  const value = headers.get('retry-after')?.trim();
  if (!value) return null;
  if (/^\d+(\.\d+)?$/.test(value)) return Number(value) * 1000;
  const date = Date.parse(value);
  return Number.isNaN(date) ? null : Math.max(0, date - nowMs);
}

/**
 * Milliseconds that Google asks to wait: `"retryDelay": "36s"` in the error's details; null when absent.
 * Source: google.rpc.RetryInfo.
 */
export function parseRetryInfo(body: string): number | null {
  const match = /"retryDelay"\s*:\s*"(\d{1,6}(?:\.\d{1,9})?)s"/.exec(body);
  return match ? Math.round(Number(match[1]) * 1000) : null;
}

/** Waits, and rejects with the signal's reason as soon as it fires. */
export function waitFor(delayMs: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) {
      reject(signal.reason);
      return;
    }
    const stop = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener('abort', stop);
      resolve();
    }, delayMs);
    signal.addEventListener('abort', stop, { once: true });
  });
}
