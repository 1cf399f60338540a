import { RagError, throwIfAborted } from '../platform/errors.ts';
import type { ResolveHost } from '../platform/http/checked-lookup.ts';
import type { ProxySettings, ResponseHead } from '../platform/http/exchange.ts';
import { createSafeFetch } from '../platform/http/safe-fetch.ts';
import type { Runtime } from '../platform/runtime.ts';
import { dispositionName } from './disposition-name.ts';
import {
  beginsLikeDocument,
  type ContentType,
  isContainerType,
  judgeMediaType,
  parseContentType,
} from './document-media-type.ts';
import type { SourceDriver, SourceListing, SourceSpec } from './types.ts';

/** Pages stay far below; long PDFs with pictures come near. What is larger is worth an own download. */
const DEFAULT_MAX_URL_BYTES = 20 * 1_048_576;

/** A clock that runs ahead by less than this is a clock, not a mistake. */
const MAX_AHEAD_MS = 86_400_000;

export type UrlSourceSettings = {
  /** Of ragstone, for the User-Agent. */
  readonly version?: string;
  readonly proxy?: ProxySettings;
  readonly totalTimeoutMs?: number;
  readonly firstByteTimeoutMs?: number;
  readonly resolveHost?: ResolveHost;
};

/**
 * One page or one PDF, fetched while listing. The item's `uri` and `path` are the address asked for: two of them may lead
 * to one page, and names must tell documents apart. The one that answered after redirects is its file name. 404 and 410 make the root 'missing'; what else goes wrong throws SOURCE_REFUSED or
 * SOURCE_FAILED, so that a page already stored stays.
 */
export function createUrlSource({ version, ...settings }: UrlSourceSettings = {}): SourceDriver {
  const safeFetch = createSafeFetch({ ...settings, userAgent: version ? `ragstone/${version}` : 'ragstone' });
  return {
    kind: 'url',
    async list(spec: SourceSpec, runtime: Runtime): Promise<SourceListing> {
      throwIfAborted(runtime.signal);
      const response = await safeFetch({
        url: spec.uri,
        allowPrivate: spec.options.allowPrivate ?? false,
        maxBytes: spec.options.maxFileBytes ?? DEFAULT_MAX_URL_BYTES,
        clock: runtime.clock,
        signal: runtime.signal,
        checkHead: assertDocumentType,
      });
      if ('gone' in response) {
        const reason = `${new URL(response.url).host} answered HTTP ${response.status}: nothing is there.`;
        return { items: [], skipped: [], root: 'missing', reason };
      }
      const { mediaType, charset } = parseContentType(response.header('content-type'));
      assertContent(response.url, response.bytes, mediaType);
      const name = dispositionName(response.header('content-disposition')) ?? nameAfter(spec.uri, response.url);
      return {
        root: 'present',
        skipped: [],
        items: [
          {
            uri: spec.uri,
            path: spec.uri,
            size: response.bytes.byteLength,
            mtimeMs: lastModifiedMs(response, runtime.clock.now()),
            content: {
              kind: 'bytes',
              bytes: response.bytes,
              ...(mediaType && { mediaType }),
              ...(charset && { charset }),
              ...(name && { name }),
            },
          },
        ],
      };
    },
  };
}

const nameAfter = (asked: string, answered: string): string | null => (answered === asked ? null : answered);

function assertDocumentType(head: ResponseHead): void {
  const { mediaType }: ContentType = parseContentType(head.header('content-type'));
  if (judgeMediaType(mediaType) === 'other' && !isContainerType(mediaType!)) throw notADocument(head.url, mediaType!);
}

function assertContent(url: string, bytes: Uint8Array, mediaType: string | null): void {
  if (bytes.byteLength === 0) {
    throw new RagError('SOURCE_FAILED', { message: `${new URL(url).host} sent an empty answer for ${url}.` });
  }
  if (judgeMediaType(mediaType) === 'unknown' && !beginsLikeDocument(bytes)) {
    throw notADocument(url, mediaType ?? 'content of no stated type');
  }
}

const notADocument = (url: string, mediaType: string): RagError =>
  new RagError('SOURCE_REFUSED', {
    message: `${url} is ${mediaType}, not a document that can be read.`,
    hint: 'Pages, PDF, text, JSON, XML and office documents are read.',
    details: { url, mediaType },
  });

function lastModifiedMs(head: ResponseHead, nowMs: number): number | null {
  const parsed = Date.parse(head.header('last-modified') ?? '');
  return Number.isNaN(parsed) || parsed < 0 || parsed > nowMs + MAX_AHEAD_MS ? null : parsed;
}
