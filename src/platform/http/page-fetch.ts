import type { Dispatcher } from 'undici';
import { throwIfAborted } from '../errors.ts';
import type { AddressPolicy } from './checked-lookup.ts';
import {
  ask,
  assertAllowedHost,
  createDispatcher,
  DEFAULT_FIRST_BYTE_TIMEOUT_MS,
  DEFAULT_TOTAL_TIMEOUT_MS,
  type Exchange,
  explain,
  finish,
  headOf,
  REDIRECT_STATUSES,
  type ResponseHead,
  type SafeFetchSettings,
  TIMED_OUT,
  unlessAborted,
} from './exchange.ts';
import { assertNoCredentials, parseWebUrl, redirectTarget } from './web-url.ts';

export type PageRequest = Exchange & {
  readonly url: string;
  /** What the server called the version that is known; then it may answer that nothing changed. */
  readonly etag?: string | null;
  readonly lastModified?: string | null;
};

export type PageResponse =
  | { readonly kind: 'page'; readonly head: ResponseHead; readonly bytes: Uint8Array }
  | { readonly kind: 'not-modified'; readonly head: ResponseHead }
  /** Not followed. `to` is without credentials and fragment. */
  | { readonly kind: 'redirect'; readonly to: URL; readonly status: number }
  | { readonly kind: 'gone'; readonly status: number };

export type PageFetch = {
  /** One GET, as guarded as `createSafeFetch` has it. Throws SOURCE_REFUSED, SOURCE_FAILED or ABORTED. */
  fetch(request: PageRequest): Promise<PageResponse>;
  close(): void;
};

/** Of answers whose body says nothing; past that a new connection costs less. */
const MAX_UNREAD_BYTES = 16_384;

/**
 * GET for the many pages of one site: connections are kept, no redirect is followed, and pages that did not change are
 * not sent again. Private addresses are for `privateHost` only, the host that a person named, and null means for none.
 */
export function createPageFetch(settings: SafeFetchSettings, privateHost: string | null): PageFetch {
  const { totalTimeoutMs = DEFAULT_TOTAL_TIMEOUT_MS, userAgent } = settings;
  const firstByteTimeoutMs = Math.min(totalTimeoutMs, settings.firstByteTimeoutMs ?? DEFAULT_FIRST_BYTE_TIMEOUT_MS);
  const policy = (hostname: string): AddressPolicy => (hostname === privateHost ? 'any' : 'public');
  let dispatcher: Promise<Dispatcher> | undefined;
  return {
    async fetch(request) {
      throwIfAborted(request.signal);
      const url = parseWebUrl(request.url);
      const startedAt = request.clock.now();
      const deadline = new AbortController();
      const timer = setTimeout(() => deadline.abort(TIMED_OUT), totalTimeoutMs);
      const firstByteTimer = setTimeout(() => deadline.abort(TIMED_OUT), firstByteTimeoutMs);
      const signal = request.signal ? AbortSignal.any([request.signal, deadline.signal]) : deadline.signal;
      try {
        assertNoCredentials(url);
        await unlessAborted(signal, assertAllowedHost(url, settings, policy(url.hostname)));
        dispatcher ??= createDispatcher(settings, policy, firstByteTimeoutMs);
        const response = await ask(await dispatcher, { url, signal, userAgent, headers: validators(request) });
        clearTimeout(firstByteTimer);
        const head = headOf(url, response);
        // Read to its end, the connection can be used again.
        if (head.status === 304 || REDIRECT_STATUSES.has(head.status)) {
          await response.body.dump({ limit: MAX_UNREAD_BYTES, signal });
        }
        if (head.status === 304) return { kind: 'not-modified', head };
        if (REDIRECT_STATUSES.has(head.status)) {
          return {
            kind: 'redirect',
            to: redirectTarget(url, head.status, head.header('location')),
            status: head.status,
          };
        }
        const answer = await finish(head, response, request);
        return 'gone' in answer ? { kind: 'gone', status: answer.status } : { kind: 'page', head, bytes: answer.bytes };
      } catch (error) {
        throw explain(error, { url, request, elapsedMs: request.clock.now() - startedAt });
      } finally {
        clearTimeout(timer);
        clearTimeout(firstByteTimer);
      }
    },
    close() {
      // Answers that were given up may still be on their way; nobody waits for their end.
      void dispatcher?.then((open) => open.destroy()).catch(() => {});
    },
  };
}

const validators = ({ etag, lastModified }: PageRequest): Record<string, string> => ({
  ...(etag && { 'if-none-match': etag }),
  ...(lastModified && { 'if-modified-since': lastModified }),
});
