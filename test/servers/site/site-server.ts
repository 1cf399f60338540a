import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerOdd, oddLinks, oddPages, redirects } from './site-faults.ts';
import { goodPages, HTML, type SitePage, type SiteShape, sitemaps, sitePage } from './site-pages.ts';

export type SiteRequest = { readonly path: string; readonly status: number; readonly isConditional: boolean };

export type SiteServer = {
  readonly origin: string;
  /** In order. Those that never end have status 200 too, and those that are not answered 0. */
  readonly requests: readonly SiteRequest[];
  /** Requests that came to the port that no page of the site may lead to. */
  readonly strayRequests: () => number;
  readonly goodPaths: readonly string[];
  /** Puts a paragraph into pages, so that their validators change. */
  change(paths: readonly string[], paragraph: string): void;
  set(path: string, page: SitePage): void;
  remove(paths: readonly string[]): void;
  /** From now on every request is answered with this status; null mends it. */
  failWith(status: number | null): void;
  forget(): void;
  close(): Promise<void>;
};

export type SiteServerOptions = Partial<SiteShape> & {
  /** Leaves out all that is odd. */
  readonly isPlain?: boolean;
  /** Leaves out what only a time limit ends. */
  readonly withoutSlow?: boolean;
  readonly robots?: string;
};

const SHAPE: SiteShape = { seed: 1, sections: 6, topics: 5, articles: 8 };
const SLOW = ['/drip.html', '/silent.html'];

/** A site on 127.0.0.1 that is made by a seed, with the traps that sites have. */
export async function startSiteServer(options: SiteServerOptions = {}): Promise<SiteServer> {
  const shape = { ...SHAPE, ...options };
  const pages = goodPages(shape);
  const goodPaths = ['/', ...pages.keys()];
  const odd = options.isPlain ? new Map<string, SitePage>() : oddPages(pages);
  const requests: SiteRequest[] = [];
  let failing: number | null = null;
  let timesBusy = 1;
  let strayRequests = 0;
  const other = createServer((_, response) => {
    strayRequests++;
    response.end('secret');
  });
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const leading = options.isPlain ? {} : redirects((other.address() as AddressInfo).port);

  const server = createServer((request, response) => {
    const path = request.url!;
    response.on('error', () => {});
    const isConditional = 'if-none-match' in request.headers || 'if-modified-since' in request.headers;
    const noted = { path, status: 0, isConditional };
    requests.push(noted);
    const answer = (status: number, headers: Record<string, string>, body: string | Buffer): void => {
      noted.status = status;
      response.writeHead(status, headers).end(body);
    };
    if (failing !== null) return answer(failing, HTML, 'The site is down.');
    if (path in leading) return answer(302, { location: leading[path]! }, '');
    const page = pages.get(path) ?? pages.get(new URL(path, 'http://site.invalid').pathname);
    if (!page) {
      if (!options.isPlain && answerOdd(request, response, () => timesBusy-- > 0)) {
        noted.status = response.headersSent ? response.statusCode : 0;
        return;
      }
      return answer(404, HTML, 'Nothing here.');
    }
    const headers: Record<string, string> = { ...page.headers };
    if (page.validator === 'etag') headers.etag = `"${hash(page.body)}"`;
    // Dates that grow with the version: a test must not wait for the next second.
    if (page.validator === 'last-modified') headers['last-modified'] = dateOf(page.body);
    const { 'if-none-match': match, 'if-modified-since': since } = request.headers;
    if (headers.etag && match === headers.etag) return answer(304, { etag: headers.etag }, '');
    if (headers['last-modified'] && since === headers['last-modified']) return answer(304, {}, '');
    answer(page.status ?? 200, headers, page.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

  for (const [path, page] of odd) pages.set(path, page);
  const links = Array.from({ length: shape.sections }, (_, i) => `/s${i + 1}/`);
  if (!options.isPlain) links.push(...oddLinks(odd).filter((path) => !options.withoutSlow || !SLOW.includes(path)));
  const items = links.map((path) => `<li><a href="${path}">${path}</a></li>`).join('');
  pages.set('/', {
    body: sitePage(
      'Vellarine',
      `<p>Welcome to Vellarine.</p><a rel="nofollow" href="/ugc.html">u</a><ul>${items}</ul>`,
    ),
    headers: HTML,
    validator: 'etag',
  });
  for (const [path, page] of sitemaps(origin, goodPaths)) pages.set(path, page);
  pages.set('/robots.txt', {
    body: options.robots ?? `User-agent: *\nDisallow: /private/\nSitemap: ${origin}/sitemap-index.xml\n`,
    headers: { 'content-type': 'text/plain' },
  });

  return {
    origin,
    requests,
    strayRequests: () => strayRequests,
    goodPaths,
    change(paths, paragraph) {
      for (const path of paths) {
        const page = pages.get(path)!;
        pages.set(path, { ...page, body: String(page.body).replace('</h1>', `</h1><p>${paragraph}</p>`) });
      }
    },
    set: (path, page) => void pages.set(path, page),
    remove: (paths) => paths.forEach((path) => void pages.delete(path)),
    failWith(status) {
      failing = status;
    },
    forget: () => void requests.splice(0),
    close: () =>
      new Promise((resolve) => {
        other.close();
        server.closeAllConnections();
        server.close(() => resolve());
      }),
  };
}

const hash = (body: string | Buffer): string => {
  let value = 5381;
  for (const byte of Buffer.from(body)) value = (value * 33 + byte) >>> 0;
  return value.toString(36);
};

const dateOf = (body: string | Buffer): string =>
  new Date(Date.UTC(2026, 0, 1) + (Number.parseInt(hash(body), 36) % 20_000_000) * 1000).toUTCString();
