import type { CrawlBounds } from './crawl-defaults.ts';
import type { CrawlSummary } from './types.ts';

/** A server that fails so often in a row is left alone. */
const MAX_FAILURES_IN_A_ROW = 10;
/** Redirects, missing pages and the like, for each page that there may be. */
export const MAX_REQUESTS_PER_PAGE = 4;

export type CrawlEnd = {
  failed(url: string, failure: { readonly isFailure: boolean; readonly status: unknown }): void;
  /** A page, a redirect or a page that is gone: the server works. */
  answered(): void;
  /** An address was found for which the line has no room. */
  overflown(): void;
  /** Nothing is left to ask for. */
  reached(): void;
  /** Whether one more address may be asked for; `underWay` are asked for and not yet looked at. */
  allows(done: { readonly pages: number; readonly requests: number; readonly underWay: number }): boolean;
  /** `waiting`: addresses that were known and not asked for. */
  summary(waiting: number): Pick<CrawlSummary, 'complete' | 'endedBy' | 'reason'>;
};

type Clockwork = { readonly startedAt: number; now(): number };

/** When a crawl ends, and why: at its bounds, for a server that fails or asks for it, or because it has seen everything. */
export function createCrawlEnd(bounds: CrawlBounds, { startedAt, now }: Clockwork): CrawlEnd {
  let failuresInARow = 0;
  let reason: string | null = null;
  let endedBy: CrawlSummary['endedBy'] = null;
  let hasOverflown = false;
  let isAtEnd = false;

  const stop = (by: 'bound' | 'server', why: string): void => {
    reason ??= why;
    endedBy ??= by;
  };

  return {
    failed(url, { isFailure, status }) {
      failuresInARow = isFailure ? failuresInARow + 1 : 0;
      if (status === 429 || status === 503) {
        stop('server', `${new URL(url).host} asks to be left alone (HTTP ${status}).`);
      } else if (failuresInARow >= MAX_FAILURES_IN_A_ROW) {
        stop('server', `${new URL(url).host} failed ${failuresInARow} times in a row.`);
      }
    },
    answered() {
      failuresInARow = 0;
    },
    overflown() {
      hasOverflown = true;
    },
    reached() {
      isAtEnd = true;
    },
    allows({ pages, requests, underWay }) {
      if (reason !== null) return false;
      if (pages + underWay >= bounds.maxPages) {
        // Those under way may yet turn out to be no pages.
        if (underWay === 0) stop('bound', `It ended at its bound of ${bounds.maxPages} pages (--max-pages).`);
      } else if (requests + underWay >= bounds.maxPages * MAX_REQUESTS_PER_PAGE + 100) {
        stop('bound', `It ended after ${requests + underWay} requests, most of which gave no page.`);
      } else if (now() - startedAt > bounds.maxMinutes * 60_000) {
        stop('bound', `It ended at its bound of ${bounds.maxMinutes} minutes (--max-minutes).`);
      } else return true;
      return false;
    },
    summary(waiting) {
      const why = reason ?? (hasOverflown ? 'It found more addresses than can wait to be asked for.' : null);
      return {
        complete: isAtEnd && why === null,
        endedBy: endedBy ?? (hasOverflown ? 'bound' : null),
        reason: why === null || waiting === 0 ? why : `${why} ${waiting} more addresses were known.`,
      };
    },
  };
}
