import type { Dispatcher } from 'undici';
import { RagError, throwIfAborted } from '../errors.ts';
import type { AddressPolicy } from './checked-lookup.ts';
import {
  ask,
  assertAllowedHost,
  createDispatcher,
  DEFAULT_FIRST_BYTE_TIMEOUT_MS,
  DEFAULT_TOTAL_TIMEOUT_MS,
  discard,
  type Exchange,
  explain,
  finish,
  type GoneResponse,
  headOf,
  REDIRECT_STATUSES,
  type SafeFetchSettings,
  type SafeResponse,
  TIMED_OUT,
  unlessAborted,
} from './exchange.ts';
import { assertNoCredentials, parseWebUrl, redirectTarget } from './web-url.ts';

export type SafeFetchRequest = Exchange & { readonly url: string; readonly allowPrivate: boolean };

export type SafeFetch = (request: SafeFetchRequest) => Promise<SafeResponse | GoneResponse>;

/** Browsers allow 20; a document that needs more than 5 is a loop or a log-in. */
const MAX_REDIRECTS = 5;

/**
 * GET for addresses that nobody vouches for. http and https only; redirects are followed by hand and every hop is
 * checked; unless `allowPrivate`, hosts outside the public internet are refused by the address that the socket really
 * connects to, and no redirect ever leads to a link-local one; credentials in URLs are refused (asked for) or dropped
 * (redirected to); time and size are bounded.
 * Behind a proxy the proxy connects: names are then checked as far as they resolve here.
 *
 * Returns a GoneResponse for 404 and 410. Throws SOURCE_REFUSED (policy), SOURCE_FAILED (network, other status) or
 * ABORTED.
 */
export function createSafeFetch(settings: SafeFetchSettings): SafeFetch {
  return async (request) => {
    throwIfAborted(request.signal);
    let url = parseWebUrl(request.url);
    const totalTimeoutMs = settings.totalTimeoutMs ?? DEFAULT_TOTAL_TIMEOUT_MS;
    const firstByteTimeoutMs = settings.firstByteTimeoutMs ?? DEFAULT_FIRST_BYTE_TIMEOUT_MS;
    const deadline = new AbortController();
    const timer = setTimeout(() => deadline.abort(TIMED_OUT), totalTimeoutMs);
    const startedAt = request.clock.now();
    const signal = request.signal ? AbortSignal.any([request.signal, deadline.signal]) : deadline.signal;
    let dispatcher: Dispatcher | undefined;
    try {
      assertNoCredentials(url);
      const asked = url;
      const policy = (): AddressPolicy => {
        if (!request.allowPrivate) return 'public';
        return url.hostname === asked.hostname ? 'any' : 'any-but-link-local';
      };
      dispatcher = await createDispatcher(settings, policy, firstByteTimeoutMs);
      for (let redirects = 0; ; redirects++) {
        await unlessAborted(signal, assertAllowedHost(url, settings, policy()));
        const firstByteTimer = setTimeout(() => deadline.abort(TIMED_OUT), firstByteTimeoutMs);
        const response = await ask(dispatcher, { url, signal, userAgent: settings.userAgent }).finally(() =>
          clearTimeout(firstByteTimer),
        );
        const head = headOf(url, response);
        if (!REDIRECT_STATUSES.has(head.status)) return await finish(head, response, request);
        discard(response.body);
        if (redirects === MAX_REDIRECTS) {
          throw new RagError('SOURCE_FAILED', {
            message: `${new URL(request.url).host} answered with more than ${MAX_REDIRECTS} redirects; the last led to ${url.href}`,
            hint: 'Open the address in a browser and add the one that it ends at.',
          });
        }
        url = redirectTarget(url, head.status, head.header('location'));
      }
    } catch (error) {
      throw explain(error, { url, request, elapsedMs: request.clock.now() - startedAt });
    } finally {
      clearTimeout(timer);
      // Answers that were given up may still be on their way; nobody waits for their end.
      void dispatcher?.destroy().catch(() => {});
    }
  };
}
