import type { SafeFetchSettings } from '../../platform/http/exchange.ts';
import type { Clock } from '../../platform/runtime.ts';
import type { BytesContent, SourceSpec } from '../types.ts';
import type { Wait } from './polite-fetch.ts';
import type { ReadPage } from './read-answer.ts';
import type { Refusal } from './refusal-of-error.ts';
import type { CrawlSummary, RememberedPage, RememberedSite, SitemapFacts } from './types.ts';

export type CrawlStep =
  | {
      readonly kind: 'page';
      readonly page: RememberedPage;
      readonly how: 'fetched' | 'not-modified' | 'resumed';
      /** Null unless it was fetched. */
      readonly content: BytesContent | null;
      readonly mtimeMs: number | null;
      readonly isNoindex: boolean;
    }
  | ({ readonly kind: 'refused'; readonly uri: string; readonly isTold: boolean } & Refusal)
  | { readonly kind: 'progress'; readonly uri: string; readonly done: number; readonly waiting: number };

export type CrawlParts = {
  readonly spec: SourceSpec;
  readonly remembered: RememberedSite;
  /** Whether what was made of a page is still there, so that it need not be sent again. */
  readonly isStored: (uri: string) => boolean;
  readonly http: SafeFetchSettings;
  readonly readPage: ReadPage;
  readonly readSitemap: (bytes: Uint8Array) => Promise<SitemapFacts>;
  readonly clock: Clock;
  readonly wait: Wait;
  readonly signal?: AbortSignal;
};

export type SiteCrawl = {
  /** Pages in the order in which they were found, and what was not taken. Throws SOURCE_* when the start page is not to be had. */
  steps(): AsyncGenerator<CrawlStep, void>;
  /** The content of a page that was read before; null when it cannot be had now. Throws ABORTED. */
  again(uri: string): Promise<BytesContent | null>;
  /** What was done so far. */
  summary(): Omit<CrawlSummary, 'recurringBlocks'>;
  close(): void;
};
