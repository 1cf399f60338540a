import type { Readable } from 'node:stream';
import type { Dispatcher } from 'undici';
import { isRagError, RagError } from '../errors.ts';
import type { Clock } from '../runtime.ts';
import {
  type AddressPolicy,
  assertAllowedAddresses,
  assertAllowedLiteral,
  createCheckedLookup,
  type ResolveHost,
  resolveWithSystem,
} from './checked-lookup.ts';
import { describeNetworkError, withCauses } from './describe-network-error.ts';
import { readBody, tooLarge } from './read-body.ts';

/** Proxies by the scheme of the URL asked for; `no` is a comma list of hosts that are reached directly. */
export type ProxySettings = { readonly http?: string; readonly https?: string; readonly no?: string };

export type SafeFetchSettings = {
  /** Whole User-Agent header. */
  readonly userAgent: string;
  readonly proxy?: ProxySettings;
  /** Longest time for all redirects and the whole body. */
  readonly totalTimeoutMs?: number;
  /** Longest wait for the headers of one hop, connecting included. */
  readonly firstByteTimeoutMs?: number;
  readonly resolveHost?: ResolveHost;
};

export type ResponseHead = {
  /** After redirects, without fragment. */
  readonly url: string;
  readonly status: number;
  /** Lower-case names; of a repeated header the first value, but all of X-Robots-Tag. */
  readonly header: (name: string) => string | null;
};

export type SafeResponse = ResponseHead & { readonly bytes: Uint8Array };

/** The server says that there is nothing at this address (404) or no longer (410). */
export type GoneResponse = { readonly gone: true; readonly url: string; readonly status: number };

/** A page that takes longer would hold up the whole sync. */
export const DEFAULT_TOTAL_TIMEOUT_MS = 30_000;
export const DEFAULT_FIRST_BYTE_TIMEOUT_MS = 15_000;
export const REDIRECT_STATUSES: ReadonlySet<number> = new Set([301, 302, 303, 307, 308]);

export const TIMED_OUT = Symbol('timed out');

/** What is read of an answer, and what of the request its errors speak of. */
export type Exchange = {
  readonly maxBytes: number;
  readonly clock: Clock;
  readonly signal?: AbortSignal;
  /** Sees status 2xx before the body is read; what it throws ends the request. */
  readonly checkHead?: (head: ResponseHead) => void;
};

/** Connects to checked addresses only. */
export async function createDispatcher(
  { proxy, resolveHost = resolveWithSystem }: SafeFetchSettings,
  currentPolicy: (hostname: string) => AddressPolicy,
  connectTimeoutMs: number,
): Promise<Dispatcher> {
  const { Agent, EnvHttpProxyAgent } = await import('undici');
  const lookup = createCheckedLookup(resolveHost, currentPolicy);
  // Both undici timers are off: they count in whole seconds, and the deadlines here cover every phase.
  const options = { connect: { lookup, timeout: connectTimeoutMs }, headersTimeout: 0, bodyTimeout: 0 };
  if (!proxy?.http && !proxy?.https) return new Agent(options);
  // Empty text instead of undefined: undici would look into the environment for what is undefined.
  return new EnvHttpProxyAgent({
    ...options,
    httpProxy: proxy.http ?? '',
    httpsProxy: proxy.https ?? '',
    noProxy: proxy.no ?? '',
    // Many proxies refuse CONNECT to port 80; plain http needs no tunnel.
    proxyTunnel: false,
  });
}

/** What the socket's lookup cannot see: addresses in place of names, and names that a proxy will resolve. */
export async function assertAllowedHost(url: URL, settings: SafeFetchSettings, policy: AddressPolicy): Promise<void> {
  assertAllowedLiteral(url.hostname, policy);
  if (!settings.proxy?.http && !settings.proxy?.https) return;
  const resolveHost = settings.resolveHost ?? resolveWithSystem;
  // A name that only the proxy can resolve is the proxy's to judge.
  const addresses = await resolveHost(url.hostname).catch(() => []);
  assertAllowedAddresses(url.hostname, addresses, policy);
}

/** Asking a name server cannot be cancelled, but waiting for it can. */
export function unlessAborted<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason);
    if (signal.aborted) onAbort();
    signal.addEventListener('abort', onAbort, { once: true });
    work.then(resolve, reject).finally(() => signal.removeEventListener('abort', onAbort));
  });
}

type Hop = {
  readonly url: URL;
  readonly signal: AbortSignal;
  readonly userAgent: string;
  readonly headers?: Readonly<Record<string, string>>;
};

export const ask = (
  dispatcher: Dispatcher,
  { url, signal, userAgent, headers }: Hop,
): Promise<Dispatcher.ResponseData> =>
  dispatcher.request({
    origin: url.origin,
    path: `${url.pathname}${url.search}`,
    method: 'GET',
    headers: {
      'user-agent': userAgent,
      accept: 'text/html, application/xhtml+xml, application/pdf, text/*;q=0.9, */*;q=0.5',
      'accept-encoding': 'gzip, br',
      ...headers,
    },
    signal,
  });

export function headOf(url: URL, { statusCode, headers }: Dispatcher.ResponseData): ResponseHead {
  return {
    url: url.href,
    status: statusCode,
    header: (name) => {
      const value = headers[name];
      if (!Array.isArray(value)) return value ?? null;
      return (name === 'x-robots-tag' ? value.join(', ') : value[0]) ?? null;
    },
  };
}

/** The whole body, or that there is none. */
export async function finish(
  head: ResponseHead,
  { body }: Dispatcher.ResponseData,
  { maxBytes, checkHead }: Exchange,
): Promise<SafeResponse | GoneResponse> {
  const encoding = head.header('content-encoding') ?? '';
  try {
    if (head.status === 404 || head.status === 410) return { gone: true, url: head.url, status: head.status };
    if (head.status < 200 || head.status > 299) throw failedStatus(head);
    if (Number(head.header('content-length')) > maxBytes) throw tooLarge(maxBytes);
    checkHead?.(head);
    return { ...head, bytes: await readBody(body, { encoding, maxBytes }) };
  } finally {
    discard(body);
  }
}

export function discard(body: Readable): void {
  // Destroying an unread body makes it emit the abort as an error, which is wanted here and no news.
  body.on('error', () => {});
  body.destroy();
}

function failedStatus(head: ResponseHead): RagError {
  const { host } = new URL(head.url);
  const retryAfter = head.header('retry-after');
  const hints: Readonly<Record<number, string>> = {
    401: 'The page needs a log-in. Save it to a file and add the file.',
    403: 'The server does not let programs read this page. Save it to a file and add the file.',
    429: 'Too many requests: wait before the next sync.',
  };
  const wait = retryAfter === null ? '' : ` It asks to wait (Retry-After: ${retryAfter.slice(0, 40)}).`;
  return new RagError('SOURCE_FAILED', {
    message: `${host} answered HTTP ${head.status} for ${head.url}.${wait}`,
    hint: hints[head.status] ?? (head.status >= 500 ? 'The fault is on the server; try again later.' : undefined),
    details: { url: head.url, status: head.status, retryAfter },
  });
}

/** As a RagError, whatever it was. */
export function explain(
  error: unknown,
  { url, request, elapsedMs }: { url: URL; request: Exchange; elapsedMs: number },
): RagError {
  if (request.signal?.aborted)
    return new RagError('ABORTED', { message: 'Interrupted.', cause: request.signal.reason });
  const known = withCauses(error).find(isRagError);
  if (known) return known;
  const seconds = (elapsedMs / 1000).toFixed(1);
  if (withCauses(error).includes(TIMED_OUT)) {
    return new RagError('SOURCE_FAILED', {
      message: `${url.host} did not answer completely; given up after ${seconds} s.`,
      hint: 'Try again later, or save the page to a file and add the file.',
      details: { url: url.href, elapsedMs, timedOut: true },
    });
  }
  return new RagError('SOURCE_FAILED', {
    message: `Fetching from ${url.host} failed after ${seconds} s: ${describeNetworkError(error)}.`,
    hint: 'Check the address and the network connection.',
    details: { url: url.href, elapsedMs },
    cause: error,
  });
}
