import { isRagError } from '../../platform/errors.ts';
import type { PageResponse } from '../../platform/http/page-fetch.ts';
import type { SiteScope } from './site-scope.ts';
import type { SitemapFacts } from './types.ts';

/** An index of fifty files names millions of pages; nobody crawls them all at once. */
const MAX_SITEMAPS = 50;
/** As packed; the standard allows 50 MB unpacked. */
export const MAX_SITEMAP_BYTES = 10_000_000;

export type SitemapReading = {
  readonly fetch: (url: string) => Promise<PageResponse>;
  readonly readSitemap: (bytes: Uint8Array) => Promise<SitemapFacts>;
  readonly scope: SiteScope;
  readonly isAllowed: (url: string) => boolean;
  /** Pages after which no more are needed. */
  readonly maxPages: number;
};

/**
 * The pages that a site lists in its sitemaps: those that robots.txt names, else /sitemap.xml; indexes are followed.
 * A sitemap that cannot be had is as good as none. Source: sitemaps.org protocol.
 */
export async function findSitemapPages(named: readonly string[], reading: SitemapReading): Promise<string[]> {
  const { fetch, readSitemap, scope, isAllowed, maxPages } = reading;
  const waiting = named.length > 0 ? [...named] : [`${scope.origin}/sitemap.xml`];
  const asked = new Set<string>();
  const pages: string[] = [];
  for (let url = waiting.shift(); url !== undefined && pages.length < maxPages; url = waiting.shift()) {
    const place = URL.canParse(url, scope.origin) ? new URL(url, scope.origin) : null;
    // Only of the host itself: another one could be anything.
    if (!place || new URL(scope.origin).host !== place.host || asked.has(place.href)) continue;
    if (asked.size >= MAX_SITEMAPS || !isAllowed(place.href)) continue;
    asked.add(place.href);
    const facts = await readOne(place.href, { fetch, readSitemap });
    if (facts === null) continue;
    if ('redirect' in facts) waiting.unshift(facts.redirect);
    else {
      for (const page of facts.pages) {
        if (pages.length >= maxPages) break;
        pages.push(page);
      }
      waiting.push(...facts.sitemaps.slice(0, MAX_SITEMAPS));
    }
  }
  return pages;
}

async function readOne(
  url: string,
  { fetch, readSitemap }: Pick<SitemapReading, 'fetch' | 'readSitemap'>,
): Promise<SitemapFacts | { readonly redirect: string } | null> {
  try {
    const answer = await fetch(url);
    if (answer.kind === 'redirect') return { redirect: answer.to.href };
    return answer.kind === 'page' ? await readSitemap(answer.bytes) : null;
  } catch (error) {
    if (isRagError(error) && error.code !== 'ABORTED') return null;
    throw error;
  }
}
