import pLimit from 'p-limit';
import { isRagError, RagError, throwIfAborted } from '../../platform/errors.ts';
import { createPageFetch, type PageResponse } from '../../platform/http/page-fetch.ts';
import { crawlBounds } from './crawl-defaults.ts';
import { createCrawlEnd, MAX_REQUESTS_PER_PAGE } from './crawl-end.ts';
import type { CrawlParts, CrawlStep, SiteCrawl } from './crawl-types.ts';
import { findSitemapPages, MAX_SITEMAP_BYTES } from './find-sitemaps.ts';
import { createFrontier, type FrontierEntry } from './frontier.ts';
import { openSite } from './open-site.ts';
import { assertDocumentHead } from './page-content.ts';
import { pageUrl } from './page-url.ts';
import { createPoliteFetch } from './polite-fetch.ts';
import { readAnswer } from './read-answer.ts';
import { type Refusal, refusalOfError } from './refusal-of-error.ts';
import { createSiteScope } from './site-scope.ts';
import { createTrapGuard } from './trap-guard.ts';
import type { PageRefusal, RememberedPage } from './types.ts';

/** Answers that may wait for one that was asked for earlier: pages are taken in the order in which they were found. */
const MAX_AHEAD = 8;
/** Larger answers are downloads, not pages of a site. */
const MAX_PAGE_BYTES = 20_000_000;
/** Redirects one after another; browsers allow 20. */
const MAX_HOPS = 5;
/** Pages that a crawl read before it was cut off are not asked for again within this time. */
const FRESH_MS = 3_600_000;
/** Of each reason; the rest is counted only. */
const MAX_TOLD_REFUSALS = 200;
const MAX_REMEMBERED_OUTSIDE = 100_000;

type PageStep = Extract<CrawlStep, { kind: 'page' }>;
type Visit =
  | { readonly kind: 'page'; readonly step: PageStep; readonly outside: readonly string[] }
  | { readonly kind: 'redirect'; readonly to: URL; readonly status: number }
  | { readonly kind: 'gone'; readonly status: number }
  | { readonly kind: 'failed'; readonly error: unknown };

/** Finds the pages of a site from its start page, its sitemaps, its links and what is remembered of it. */
export function crawlSite(parts: CrawlParts): SiteCrawl {
  const { spec, remembered, isStored, readPage, clock, signal } = parts;
  const { options } = spec;
  const bounds = crawlBounds(options.crawl ?? {});
  const pageFetch = createPageFetch(parts.http, options.allowPrivate ? new URL(spec.uri).hostname : null);
  const polite = createPoliteFetch(pageFetch, { delayMs: bounds.delayMs, clock, wait: parts.wait, signal });
  const maxBytes = Math.min(options.maxFileBytes ?? MAX_PAGE_BYTES, MAX_PAGE_BYTES);
  const startedAt = clock.now();
  const frontier = createFrontier();
  const trapped = createTrapGuard(startedAt);
  const seen = new Set<string>();
  const redirected = new Set<string>();
  const outside = new Set<string>();
  const refused: Partial<Record<PageRefusal, number>> = {};
  const counts = { fetched: 0, notModified: 0, resumed: 0, bytes: 0 };
  let scope = createSiteScope(spec.uri, bounds.prefix, options);
  let isAllowed = (_: string): boolean => true;
  const end = createCrawlEnd(bounds, { startedAt, now: () => clock.now() });

  const fetchPage = (url: string, former?: RememberedPage): Promise<PageResponse> =>
    polite.fetch({
      url,
      maxBytes,
      etag: former?.etag,
      lastModified: former?.lastModified,
      checkHead: assertDocumentHead,
    });

  /** Of a page whose text is stored, or has no need to be. */
  const knownVersion = (url: string): RememberedPage | undefined => {
    const former = remembered.pages.get(url);
    return former && (former.leftOut === null || isStored(url)) ? former : undefined;
  };

  const isFresh = ({ checkedAt }: RememberedPage): boolean =>
    remembered.unfinishedSince !== null &&
    checkedAt >= remembered.unfinishedSince &&
    Date.parse(checkedAt) > startedAt - FRESH_MS;

  const pagesRead = () => counts.fetched + counts.notModified + counts.resumed;

  const stepOf = async (url: string, depth: number, answer: PageResponse): Promise<Visit> => {
    if (answer.kind === 'gone' || answer.kind === 'redirect') return answer;
    const former = knownVersion(url);
    if (answer.kind === 'not-modified') {
      if (!former) throw new RagError('SOURCE_FAILED', { message: 'It answered HTTP 304 to what it was not asked.' });
      const page = { ...former, depth, checkedAt: new Date(clock.now()).toISOString() };
      // What is there for its links only though its text is wanted has asked not to be indexed.
      const isNoindex = page.use === 'links' && scope.wantsText(url);
      return { kind: 'page', step: { ...unsent(page, 'not-modified'), isNoindex }, outside: [] };
    }
    const read = await readAnswer(answer, { url, depth, scope, readPage, nowMs: clock.now() });
    const { page, content, mtimeMs, isNoindex, outside: leadingOut } = read;
    const step = { kind: 'page', how: 'fetched', page, content, mtimeMs, isNoindex } as const;
    return { kind: 'page', step, outside: leadingOut };
  };

  /** Never throws: it may wait for its turn to be looked at. */
  const visit = async ({ url, depth }: FrontierEntry): Promise<Visit> => {
    try {
      const former = knownVersion(url);
      if (former && isFresh(former)) {
        return { kind: 'page', step: unsent({ ...former, depth }, 'resumed'), outside: [] };
      }
      return await stepOf(url, depth, await fetchPage(url, former));
    } catch (error) {
      return { kind: 'failed', error };
    }
  };

  const refuse = (uri: string, refusal: Refusal): CrawlStep => {
    const times = (refused[refusal.code] ?? 0) + 1;
    refused[refusal.code] = times;
    return { kind: 'refused', uri, isTold: times <= MAX_TOLD_REFUSALS, ...refusal };
  };
  const leave = (uri: string, code: PageRefusal, message: string): CrawlStep =>
    refuse(uri, { code, message, keeps: false, isFailure: false });

  /** Takes an address into the line, or says why not; null also when it is known, or of no concern. */
  const offer = (text: string, entry: Omit<FrontierEntry, 'url'>): CrawlStep | null => {
    const judgement = scope.judge(text);
    if (judgement.kind === 'outside') {
      if (outside.size < MAX_REMEMBERED_OUTSIDE) outside.add(text);
      return null;
    }
    const { url } = judgement;
    if (seen.has(url)) return null;
    if (entry.depth > bounds.depth) {
      if (outside.size < MAX_REMEMBERED_OUTSIDE) outside.add(url);
      return null;
    }
    seen.add(url);
    outside.delete(url);
    if (judgement.kind === 'refused') return leave(url, judgement.code, judgement.message);
    if (!isAllowed(url)) return leave(url, 'robots', 'The robots.txt of the site does not let programs read it.');
    const trap = trapped(new URL(url));
    if (trap !== null) return leave(url, 'trap', `It looks like a trap: ${trap}.`);
    if (entry.hops > 0) frontier.pushFirst({ url, ...entry });
    else if (!frontier.push({ url, ...entry })) end.overflown();
    return null;
  };

  function* lookAt(entry: FrontierEntry, visited: Visit): Generator<CrawlStep> {
    const { url, depth } = entry;
    if (visited.kind === 'failed') {
      const { error } = visited;
      if (!isRagError(error) || error.code === 'ABORTED') throw error;
      if (error.details.empty) return yield leave(url, 'empty', error.message);
      const refusal = refusalOfError(error);
      yield refuse(url, refusal);
      end.failed(url, { isFailure: refusal.isFailure, status: error.details.status });
      return;
    }
    end.answered();
    if (visited.kind === 'gone') return yield leave(url, 'gone', `The server answered HTTP ${visited.status}.`);
    if (visited.kind === 'redirect') return yield* followRedirect(entry, visited);
    const { step } = visited;
    if (step.how === 'fetched') counts.fetched++;
    else counts[step.how === 'resumed' ? 'resumed' : 'notModified']++;
    counts.bytes += step.content?.bytes.byteLength ?? 0;
    for (const link of visited.outside) if (outside.size < MAX_REMEMBERED_OUTSIDE) outside.add(link);
    yield step;
    if (step.isNoindex) yield leave(url, 'noindex', 'The page asks not to be indexed; its links are followed.');
    const { canonical, links } = step.page;
    for (const link of canonical === null ? links : [canonical, ...links]) {
      const told = offer(link, { depth: link === canonical ? depth : depth + 1, hops: 0 });
      if (told) yield told;
    }
  }

  function* followRedirect(
    { url, depth, hops }: FrontierEntry,
    { to, status }: Extract<Visit, { kind: 'redirect' }>,
  ): Generator<CrawlStep> {
    const target = pageUrl(to.href);
    const judgement = target === null ? null : scope.judge(target);
    // A log-in page in the way says nothing of the page behind it; a page that moved for good does.
    const keeps = status !== 301 && status !== 308;
    const told = (code: PageRefusal, message: string) => refuse(url, { code, message, keeps, isFailure: false });
    if (!judgement) return yield told('off-site', 'It redirects to an address that cannot be asked for.');
    if (judgement.kind === 'outside') {
      return yield told(judgement.code, `It redirects to ${to.href.slice(0, 300)}: not followed. ${judgement.message}`);
    }
    if (redirected.has(judgement.url) || judgement.url === url) {
      return yield told('loop', `It redirects in a circle, to ${judgement.url}`);
    }
    if (hops >= MAX_HOPS) return yield told('loop', `More than ${MAX_HOPS} redirects lead to it and on.`);
    redirected.add(url);
    yield told('redirect', `It redirects to ${judgement.url}`);
    const refusedTarget = offer(judgement.url, { depth, hops: hops + 1 });
    if (refusedTarget) yield refusedTarget;
  }

  /** Whether one more address may be asked for, with those that are under way. */
  const mayGoOn = (underWay: number): boolean =>
    frontier.waiting() > 0 && end.allows({ pages: pagesRead(), requests: polite.requests(), underWay });

  async function* drain(): AsyncGenerator<CrawlStep> {
    const limit = pLimit(bounds.concurrency);
    const ahead: { readonly entry: FrontierEntry; readonly visited: Promise<Visit> }[] = [];
    for (;;) {
      while (ahead.length < MAX_AHEAD && mayGoOn(ahead.length)) {
        const entry = frontier.shift()!;
        ahead.push({ entry, visited: limit(() => visit(entry)) });
      }
      const next = ahead.shift();
      if (!next) return;
      yield* lookAt(next.entry, await next.visited);
      throwIfAborted(signal);
      yield { kind: 'progress', uri: next.entry.url, done: pagesRead(), waiting: frontier.waiting() + ahead.length };
    }
  }

  const open = () =>
    openSite(spec.uri, {
      fetchPage: (url) => fetchPage(url, knownVersion(url)),
      fetchText: (url, most) => polite.fetch({ url, maxBytes: most }),
      slowTo: polite.slowTo,
    });

  return {
    async *steps() {
      throwIfAborted(signal);
      const { start, robots, answer } = await open();
      if (answer.kind === 'gone') {
        throw new RagError('SOURCE_MISSING', {
          message: `${new URL(start).host} answered HTTP ${answer.status} for ${start}: nothing is there.`,
          hint: 'Check the address; `rag rm` takes out a site that is gone for good.',
        });
      }
      isAllowed = robots.isAllowed;
      scope = createSiteScope(start, bounds.prefix, options);
      seen.add(start);
      const first: FrontierEntry = { url: start, depth: 0, hops: 0 };
      yield* lookAt(first, await stepOf(start, 0, answer));
      if (bounds.depth > 0) {
        const listed = await findSitemapPages(robots.sitemaps, {
          fetch: (url) => polite.fetch({ url, maxBytes: MAX_SITEMAP_BYTES }),
          readSitemap: parts.readSitemap,
          scope,
          isAllowed,
          maxPages: bounds.maxPages * MAX_REQUESTS_PER_PAGE,
        });
        for (const page of listed) {
          const url = pageUrl(page, start);
          const told = url === null ? null : offer(url, { depth: 1, hops: 0 });
          if (told) yield told;
        }
      }
      yield* drain();
      // No page leads to them any more; what they answer says whether they are gone.
      for (const { uri, depth } of remembered.pages.values()) {
        const told = offer(uri, { depth, hops: 0 });
        if (told) yield told;
      }
      yield* drain();
      end.reached();
    },
    async again(uri) {
      try {
        const answer = await fetchPage(uri);
        if (answer.kind !== 'page') return null;
        return (await readAnswer(answer, { url: uri, depth: 0, scope, readPage, nowMs: clock.now() })).content;
      } catch (error) {
        if (isRagError(error) && error.code !== 'ABORTED') return null;
        throw error;
      }
    },
    summary() {
      return {
        uri: spec.uri,
        requests: polite.requests(),
        ...counts,
        refused,
        outside: outside.size,
        ...end.summary(frontier.waiting()),
      };
    },
    close: pageFetch.close,
  };
}

const unsent = (page: RememberedPage, how: 'not-modified' | 'resumed'): PageStep => ({
  kind: 'page',
  page,
  how,
  content: null,
  mtimeMs: null,
  isNoindex: false,
});
