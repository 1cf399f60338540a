import { isRagError, type RagError, throwIfAborted } from '../../platform/errors.ts';
import type { PageFetch, PageRequest, PageResponse } from '../../platform/http/page-fetch.ts';
import type { Clock } from '../../platform/runtime.ts';

/** Resolves when the time is over or the signal fires. */
export type Wait = (ms: number, signal?: AbortSignal) => Promise<void>;

/** A server that asks for more is left alone until the next sync. */
const MAX_RETRY_WAIT_MS = 120_000;
/** After the first try. */
const MAX_RETRIES = 3;
const FIRST_RETRY_WAIT_MS = 1_000;
/** Said by servers that are too busy; the wait that they ask for is kept. */
const BUSY_STATUSES: ReadonlySet<unknown> = new Set([429, 503]);
/** Of what stands between us and the server, and passes. */
const PASSING_STATUSES: ReadonlySet<unknown> = new Set([500, 502, 504]);

export type PoliteFetch = {
  fetch(request: Omit<PageRequest, 'clock' | 'signal'>): Promise<PageResponse>;
  /** Raises the least time between requests to that which robots.txt asks for. */
  slowTo(delayMs: number): void;
  /** So far, tries again included. */
  readonly requests: () => number;
};

/**
 * One request of a host after another, the beginnings of two at least the delay apart. A host that says that it is too
 * busy (429, 503) is asked nothing for the time that it asks for, twice as long each time it does not say; other faults
 * of a server are tried once more. Throws as PageFetch does.
 */
export function createPoliteFetch(
  { fetch }: PageFetch,
  parts: { readonly delayMs: number; readonly clock: Clock; readonly wait: Wait; readonly signal?: AbortSignal },
): PoliteFetch {
  const { clock, wait, signal } = parts;
  let { delayMs } = parts;
  let nextAt = 0;
  let requests = 0;
  const turn = async (): Promise<void> => {
    // A wait for a busy server may begin while others wait for their turn.
    for (;;) {
      throwIfAborted(signal);
      const now = clock.now();
      if (now >= nextAt) {
        nextAt = now + delayMs;
        return;
      }
      await wait(nextAt - now, signal);
    }
  };
  return {
    requests: () => requests,
    slowTo(ms) {
      delayMs = Math.max(delayMs, ms);
    },
    async fetch(request) {
      for (let retries = 0; ; retries++) {
        await turn();
        requests++;
        try {
          return await fetch({ ...request, clock, signal });
        } catch (error) {
          if (!isRagError(error)) throw error;
          const waitMs = retryWaitMs(error, retries, clock.now());
          if (waitMs === null) throw error;
          nextAt = Math.max(nextAt, clock.now() + waitMs);
        }
      }
    },
  };
}

/** How long to wait before the next try; null when there is to be none. */
function retryWaitMs({ details }: RagError, retries: number, nowMs: number): number | null {
  if (PASSING_STATUSES.has(details.status)) return retries === 0 ? FIRST_RETRY_WAIT_MS : null;
  if (!BUSY_STATUSES.has(details.status) || retries >= MAX_RETRIES) return null;
  const asked = retryAfterMs(details.retryAfter, nowMs) ?? FIRST_RETRY_WAIT_MS * 2 ** retries;
  return asked > MAX_RETRY_WAIT_MS ? null : asked;
}

/** Seconds or a date; null for anything else. Source: RFC 9110, section 10.2.3. */
export function retryAfterMs(value: unknown, nowMs: number): number | null {
  if (typeof value !== 'string') return null;
  if (/^\s*\d{1,9}\s*$/.test(value)) return Number(value) * 1000;
  // Date.parse takes nearly anything for a date; those of HTTP begin with a day of the week.
  const at = /^\s*[A-Z][a-z]{2,8},? /.test(value) ? Date.parse(value) : Number.NaN;
  return Number.isNaN(at) ? null : Math.max(0, at - nowMs);
}
