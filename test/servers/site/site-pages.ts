import { gzipSync } from 'node:zlib';
import { randomFrom } from '../../bench/shared/random.ts';

/** What is served at one path. */
export type SitePage = {
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
  /** Sends this validator and heeds it. */
  readonly validator?: 'etag' | 'last-modified';
};

export type SiteShape = {
  readonly seed: number;
  readonly sections: number;
  readonly topics: number;
  readonly articles: number;
};

/** What most pages of the site have; marked up as nothing that tells. */
export const MENU = ['Vellarine Handbook', 'Products and prices', 'Branch offices', 'Careers at Vellarine'];
export const FOOTER = 'Vellarine Works, Harbour Road 12, registered under number 8841.';

const WORDS =
  'valve gasket turbine ledger harbour lantern meadow cobalt thermal quarry signal archive pigment cellar ratchet orchard compass mortar fjord granite velvet copper saddle tannin plateau beacon cistern weaver juniper almanac'.split(
    ' ',
  );

/** HTML of a page with the menu and the footer of the site. */
export function sitePage(title: string, body: string, head = ''): string {
  const menu = MENU.map((item, i) => `<div class="x${i}"><a href="/m${i}/">${item}</a></div>`).join('');
  return `<!doctype html><html><head><title>${title}</title>${head}</head><body><div class="top">${menu}</div><div class="c"><h1>${title}</h1>${body}</div><div class="end"><p>${FOOTER}</p></div></body></html>`;
}

const link = (path: string, text = path): string => `<li><a href="${path}">${text}</a></li>`;
const list = (paths: readonly string[]): string => `<ul>${paths.map((path) => link(path)).join('')}</ul>`;

export const articlePath = (section: number, topic: number, article: number): string =>
  `/s${section}/t${topic}/a${article}.html`;

/** The good pages of a site: sections, their topics, their articles, and some that only the sitemap names. */
export function goodPages({ seed, sections, topics, articles }: SiteShape): Map<string, SitePage> {
  const pages = new Map<string, SitePage>();
  const random = randomFrom(seed);
  const words = (count: number) => Array.from({ length: count }, () => WORDS[Math.floor(random() * WORDS.length)]);
  const text = (path: string) =>
    [1, 2, 3].map((part) => `<p>Part ${part} of ${path}: ${words(24).join(' ')}.</p>`).join('');
  const add = (path: string, body: string, validator: SitePage['validator'] = 'etag') =>
    void pages.set(path, { body: sitePage(`Page ${path}`, body), validator, headers: HTML });
  const numbers = (count: number) => Array.from({ length: count }, (_, i) => i + 1);
  for (const section of numbers(sections)) {
    const topicPaths = numbers(topics).map((topic) => `/s${section}/t${topic}/`);
    add(`/s${section}/`, text(`section ${section}`) + list(topicPaths));
    for (const topic of numbers(topics)) {
      const articlePaths = numbers(articles).map((article) => articlePath(section, topic, article));
      add(`/s${section}/t${topic}/`, text(`topic ${section}.${topic}`) + list(articlePaths), 'last-modified');
      for (const path of articlePaths) add(path, `${text(path)}<p><a href="${path}?utm_source=mail">This page</a></p>`);
    }
  }
  for (const orphan of numbers(5)) add(`/orphans/o${orphan}.html`, text(`orphan ${orphan}`));
  for (const [i, item] of MENU.entries()) add(`/m${i}/`, text(item));
  return pages;
}

export const HTML = { 'content-type': 'text/html; charset=utf-8' };

/** Sitemaps of the pages: an index, and one that is packed. */
export function sitemaps(origin: string, paths: readonly string[]): Map<string, SitePage> {
  const inner = `<?xml version="1.0"?><urlset>${paths.map((path) => `<url><loc>${origin}${path}</loc></url>`).join('')}</urlset>`;
  const index = `<?xml version="1.0"?><sitemapindex><sitemap><loc>${origin}/sitemap-1.xml.gz</loc></sitemap></sitemapindex>`;
  return new Map([
    ['/sitemap-index.xml', { body: index, headers: { 'content-type': 'application/xml' } }],
    ['/sitemap-1.xml.gz', { body: gzipSync(inner), headers: { 'content-type': 'application/gzip' } }],
  ]);
}
