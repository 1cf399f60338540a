import type { BytesContent, PageFacts } from '../../source/types.ts';
import { htmlDocument, readHtml } from '../html.ts';
import { leafBlocks } from './leaf-blocks.ts';

/** Links of one page that are followed; a page with more is a list that a sitemap says better. */
const MAX_LINKS = 5_000;
/** Blocks of one page that are compared with those of others. */
const MAX_BLOCKS = 20_000;

/**
 * Where a page of a site leads to and what it consists of. Nothing of a page of which no DOM can be built. Links that
 * say `rel=nofollow` are left out. Throws PARSE_FAILED.
 */
export async function readPage(content: BytesContent, url: string): Promise<PageFacts> {
  const { document } = await htmlDocument(readHtml(content).text);
  if (document === null) return { links: [], canonical: null, robots: '', blocks: [] };
  const base = absolute(document.querySelector('base[href]')?.getAttribute('href'), url) ?? url;
  return {
    links: linksOf(document, base),
    canonical: absolute(document.querySelector('link[rel~="canonical"][href]')?.getAttribute('href'), base),
    robots: robotsOf(document),
    blocks: document.body
      ? leafBlocks(document.body)
          .slice(0, MAX_BLOCKS)
          .map(({ hash }) => hash)
      : [],
  };
}

function linksOf(document: Document, base: string): string[] {
  const links = new Set<string>();
  for (const element of Array.from(document.querySelectorAll('a[href], area[href], frame[src], link[href]'))) {
    if (links.size >= MAX_LINKS) break;
    const relations = (element.getAttribute('rel') ?? '').toLowerCase().split(/\s+/);
    if (relations.includes('nofollow')) continue;
    if (element.tagName.toUpperCase() === 'LINK' && !relations.some((name) => name === 'next' || name === 'prev')) {
      continue;
    }
    const link = absolute(element.getAttribute('href') ?? element.getAttribute('src'), base);
    if (link) links.add(link);
  }
  return [...links];
}

const robotsOf = (document: Document): string =>
  Array.from(document.querySelectorAll('meta[name][content]'))
    .filter((element) => /^\s*(?:robots|ragstone)\s*$/i.test(element.getAttribute('name') ?? ''))
    .map((element) => (element.getAttribute('content') ?? '').slice(0, 500).toLowerCase())
    .join(',');

/** Without fragment; null for what is no http(s) address. */
function absolute(text: string | null | undefined, base: string): string | null {
  if (!text || text.length > 2_000 || !URL.canParse(text.trim(), base)) return null;
  const url = new URL(text.trim(), base);
  if (url.protocol !== 'http:' && url.protocol !== 'https:') return null;
  url.hash = '';
  return url.href;
}
