import { afterEach, describe, expect, test } from 'vitest';
import { readPage } from '../../../src/parse/page/read-page.ts';
import { readSitemap } from '../../../src/parse/page/read-sitemap.ts';
import { crawlSite } from '../../../src/source/site/crawl-site.ts';
import type { CrawlStep } from '../../../src/source/site/crawl-types.ts';
import type { CrawlSummary, RememberedPage, RememberedSite, SourceOptions } from '../../../src/source/types.ts';
import { articlePath, HTML, sitePage } from '../../servers/site/site-pages.ts';
import { type SiteServer, type SiteServerOptions, startSiteServer } from '../../servers/site/site-server.ts';

const SMALL: SiteServerOptions = { sections: 2, topics: 2, articles: 3, withoutSlow: true };
const NOTHING: RememberedSite = { pages: new Map(), recurring: new Set(), unfinishedSince: null };

let server: SiteServer;
afterEach(() => server.close());

type Crawled = {
  /** Paths of the pages, in order. */
  readonly pages: readonly string[];
  readonly steps: readonly CrawlStep[];
  readonly remembered: Map<string, RememberedPage>;
  readonly summary: Omit<CrawlSummary, 'recurringBlocks'>;
  /** `code` by path. */
  readonly refused: Readonly<Record<string, string>>;
};

type Asked = SourceOptions & { readonly site?: RememberedSite; readonly signal?: AbortSignal; readonly start?: string };

async function crawl({ site = NOTHING, signal, start = '/', ...options }: Asked = {}): Promise<Crawled> {
  // Time stands still but for waits.
  let now = Date.UTC(2026, 2, 1);
  const crawling = crawlSite({
    spec: {
      kind: 'site',
      uri: server.origin + start,
      options: { allowPrivate: true, ...options, crawl: { delayMs: 0, ...options.crawl } },
    },
    remembered: site,
    isStored: () => true,
    http: { userAgent: 'ragstone/test' },
    readPage,
    readSitemap: async (bytes) => readSitemap(bytes),
    clock: { now: () => now },
    wait: async (ms) => {
      now += ms;
    },
    signal,
  });
  const steps: CrawlStep[] = [];
  try {
    for await (const step of crawling.steps()) steps.push(step);
  } finally {
    crawling.close();
  }
  const read = steps.filter((step) => step.kind === 'page');
  return {
    steps,
    pages: read.map(({ page }) => page.uri.slice(server.origin.length)),
    remembered: new Map(read.map(({ page }) => [page.uri, page])),
    summary: crawling.summary(),
    refused: Object.fromEntries(
      steps.flatMap((step) => (step.kind === 'refused' ? [[step.uri.slice(server.origin.length), step.code]] : [])),
    ),
  };
}

const pathsAsked = () => server.requests.map(({ path }) => path);

describe('what is found', () => {
  test('start page, sitemap and links lead to every good page, once each, nearest first', async () => {
    server = await startSiteServer({ ...SMALL, isPlain: true });
    const { pages, summary } = await crawl();
    expect([...pages].sort()).toEqual([...server.goodPaths].sort());
    expect(pages[0]).toBe('/');
    expect(summary).toMatchObject({ complete: true, reason: null, fetched: pages.length });
    expect(new Set(pathsAsked()).size).toBe(server.requests.length);
  });

  test('two crawls find the same in the same order, whatever comes first', async () => {
    server = await startSiteServer(SMALL);
    const first = await crawl({ crawl: { concurrency: 1 }, maxFileBytes: 100_000 });
    const second = await crawl({ crawl: { concurrency: 4 }, maxFileBytes: 100_000 });
    expect(second.pages).toEqual(first.pages);
    expect(second.refused).toEqual(first.refused);
  });

  test('what is odd is refused with its reason, and nothing is asked of any other host', async () => {
    server = await startSiteServer(SMALL);
    const { pages, refused } = await crawl({ maxFileBytes: 100_000 });
    expect(refused).toMatchObject({
      '/private/a.html': 'robots',
      '/noindex.html': 'noindex',
      '/header-noindex.html': 'noindex',
      '/to/metadata': 'private-address',
      '/to/other-port': 'private-address',
      '/to/private': 'private-address',
      '/to/private-too': 'private-address',
      '/to/loopback6': 'private-address',
      '/to/mapped': 'private-address',
      '/to/elsewhere': 'off-site',
      '/round/b': 'loop',
      '/old-home': 'redirect',
      '/huge.html': 'too-large',
      '/huge-declared.html': 'too-large',
      '/photo': 'binary',
      '/logo.png': 'binary',
      '/bundle.zip': 'binary',
      '/empty.html': 'empty',
      '/missing.html': 'gone',
      '/broken.html': 'server-error',
      '/grow/a/a/a/': 'trap',
    });
    expect(server.strayRequests()).toBe(0);
    expect(pages).toContain('/behind-noindex.html');
    expect(pages).toContain('/busy.html');
    expect(pages).toContain('/report.pdf');
    for (const path of ['/behind-nofollow.html', '/ugc.html', '/private/a.html', '/logo.png', '/deep/4.html']) {
      expect(pathsAsked(), path).not.toContain(path);
    }
  });
});

describe('bounds', () => {
  test('depth, pages and prefix hold', async () => {
    server = await startSiteServer({ ...SMALL, isPlain: true });
    expect((await crawl({ crawl: { depth: 0 } })).pages).toEqual(['/']);
    const few = await crawl({ crawl: { maxPages: 4 } });
    expect(few.pages).toHaveLength(4);
    expect(few.summary).toMatchObject({
      complete: false,
      endedBy: 'bound',
      reason: expect.stringContaining('--max-pages'),
    });
    const part = await crawl({ crawl: { prefix: '/s1/' } });
    expect(part.pages.every((path) => path === '/' || path.startsWith('/s1/'))).toBe(true);
    expect(part.pages).toHaveLength(1 + 1 + 2 + 6);
  });

  test('excluded paths are not asked for; only the text of included ones is wanted', async () => {
    server = await startSiteServer({ ...SMALL, isPlain: true });
    const { remembered } = await crawl({ exclude: ['s2/**'], include: ['**/a*.html'] });
    expect(pathsAsked().some((path) => path.startsWith('/s2/'))).toBe(false);
    const wanted = [...remembered.values()].filter(({ use }) => use === 'text').map(({ uri }) => uri);
    expect(wanted).toHaveLength(6);
    expect(wanted.every((uri) => /\/a\d\.html$/.test(uri))).toBe(true);
  });

  test('an endless path, calendar or list ends by itself, past any depth', async () => {
    server = await startSiteServer({ ...SMALL, robots: '' });
    const { summary, pages } = await crawl({ crawl: { depth: 100, maxPages: 5_000 }, maxFileBytes: 100_000 });
    expect(summary.complete).toBe(true);
    expect(pages.filter((path) => path.startsWith('/list'))).toHaveLength(51);
    expect(pages.filter((path) => path.startsWith('/calendar/')).at(-1)).toBe('/calendar/2028/12/');
    expect(summary.refused.trap).toBeGreaterThan(3);
  });
});

describe('the next crawl', () => {
  test('asks for changes only, and goes on through the links of pages that did not change', async () => {
    server = await startSiteServer({ ...SMALL, isPlain: true });
    const first = await crawl();
    server.change([articlePath(1, 1, 2), '/s2/'], 'New.');
    server.forget();
    const second = await crawl({ site: { ...NOTHING, pages: first.remembered } });
    const fetched = second.steps.flatMap((step) =>
      step.kind === 'page' && step.how === 'fetched' ? [step.page.uri.slice(server.origin.length)] : [],
    );
    expect(fetched.sort()).toEqual([articlePath(1, 1, 2), '/s2/']);
    expect(second.summary).toMatchObject({ fetched: 2, notModified: first.pages.length - 2, complete: true });
    expect(new Set(second.pages)).toEqual(new Set(first.pages));
  });

  test('asks for pages that no page leads to any more: those that are gone are told', async () => {
    server = await startSiteServer({ ...SMALL, isPlain: true });
    const first = await crawl();
    server.remove(['/s1/t1/', articlePath(2, 2, 1)]);
    server.remove(['/sitemap-index.xml']);
    const second = await crawl({ site: { ...NOTHING, pages: first.remembered } });
    expect(second.refused).toMatchObject({ '/s1/t1/': 'gone', [articlePath(2, 2, 1)]: 'gone' });
    expect(second.pages).toContain(articlePath(1, 1, 1));
  });

  test('does not ask for what a crawl that was cut off has just read', async () => {
    server = await startSiteServer({ ...SMALL, isPlain: true });
    const few = await crawl({ crawl: { maxPages: 6 } });
    server.forget();
    const rest = await crawl({
      site: { ...NOTHING, pages: few.remembered, unfinishedSince: '2026-03-01T00:00:00.000Z' },
    });
    expect(rest.summary.complete).toBe(true);
    // The start page is what a crawl begins with.
    for (const path of few.pages.slice(1)) expect(pathsAsked()).not.toContain(path);
    expect(rest.summary.resumed).toBe(5);
    expect([...rest.pages].sort()).toEqual([...server.goodPaths].sort());
  });
});

describe('servers that fail', () => {
  test('a site that is down, or whose robots.txt fails, is an error and no empty site', async () => {
    server = await startSiteServer({ ...SMALL, isPlain: true });
    server.failWith(500);
    await expect(crawl()).rejects.toMatchObject({ code: 'SOURCE_FAILED' });
    server.failWith(null);
    server.set('/robots.txt', { status: 503, body: '', headers: HTML });
    await expect(crawl()).rejects.toMatchObject({ code: 'SOURCE_FAILED' });
  });

  test('a robots.txt that forbids the start page is told', async () => {
    server = await startSiteServer({ ...SMALL, isPlain: true, robots: 'User-agent: ragstone\nDisallow: /' });
    await expect(crawl()).rejects.toMatchObject({
      code: 'SOURCE_REFUSED',
      message: expect.stringContaining('robots.txt'),
    });
    expect(pathsAsked()).toEqual(['/robots.txt']);
  });

  test('a server that goes down in between ends the crawl, which is then not complete', async () => {
    server = await startSiteServer({ ...SMALL, isPlain: true, articles: 20 });
    const start = sitePage('Down', Array.from({ length: 30 }, (_, i) => `<a href="/down/${i}">${i}</a>`).join(''));
    server.set('/', { body: start, headers: HTML });
    server.set('/robots.txt', { body: '', headers: {} });
    for (let i = 0; i < 30; i++) server.set(`/down/${i}`, { status: 500, body: '', headers: HTML });
    const { summary } = await crawl();
    expect(summary).toMatchObject({ complete: false, endedBy: 'server' });
    expect(server.requests.length).toBeLessThan(50);
  });

  test('a start page that is gone is missing, and one that leads to another host is refused', async () => {
    server = await startSiteServer(SMALL);
    await expect(crawl({ start: '/missing.html' })).rejects.toMatchObject({ code: 'SOURCE_MISSING' });
    await expect(crawl({ start: '/to/metadata' })).rejects.toMatchObject({ code: 'SOURCE_REFUSED' });
    await expect(crawl({ start: '/round/a' })).rejects.toMatchObject({ code: 'SOURCE_FAILED' });
    expect((await crawl({ start: '/old-home', crawl: { depth: 0 } })).pages).toEqual(['/s1/']);
  });

  test('an interrupt ends it', async () => {
    server = await startSiteServer({ ...SMALL, isPlain: true });
    await expect(crawl({ signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'ABORTED' });
    expect(server.requests).toEqual([]);
  });

  test('without leave for private addresses nothing of this machine is asked', async () => {
    server = await startSiteServer({ ...SMALL, isPlain: true });
    await expect(crawl({ allowPrivate: false })).rejects.toMatchObject({ code: 'SOURCE_REFUSED' });
    expect(server.requests).toEqual([]);
  });
});
