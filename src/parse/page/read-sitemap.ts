import type { SitemapFacts } from '../../source/types.ts';
import { unpackSingleFile } from '../compressed.ts';
import { readText } from '../decode.ts';

/** Of one file, as the protocol has it. Source: sitemaps.org. */
const MAX_LOCATIONS = 50_000;
const MAX_UNPACKED_BYTES = 52_428_800;
const LIMITS = { maxInflatedBytes: MAX_UNPACKED_BYTES, maxTextLength: MAX_UNPACKED_BYTES, maxPages: 1 };

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/**
 * The addresses in a sitemap or an index of sitemaps, packed with gzip or not; also in a text file with one in each line.
 * Sloppy XML is read as far as its `<loc>` elements go. Throws PARSE_TOO_LARGE and PARSE_FAILED for bad gzip data.
 */
export function readSitemap(bytes: Uint8Array): SitemapFacts {
  const isPacked = bytes[0] === 0x1f && bytes[1] === 0x8b;
  const plain = isPacked ? unpackSingleFile({ bytes, name: 'sitemap.gz', limits: LIMITS }, 'gzip').bytes : bytes;
  const { text } = readText(plain);
  if (!text.trimStart().startsWith('<')) {
    return {
      pages: text
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => /^https?:\/\//i.test(line))
        .slice(0, MAX_LOCATIONS),
      sitemaps: [],
    };
  }
  const locations: string[] = [];
  for (const [, value = ''] of text.matchAll(/<loc>\s*(?:<!\[CDATA\[)?([^<]{1,3000})/g)) {
    if (locations.length >= MAX_LOCATIONS) break;
    locations.push(
      value
        .replace(/\]\]>\s*$/, '')
        .trim()
        .replace(/&(amp|lt|gt|quot|apos);/g, (_, name: string) => ENTITIES[name]!),
    );
  }
  return /<sitemapindex[\s>]/.test(text.slice(0, 4_000))
    ? { pages: [], sitemaps: locations }
    : { pages: locations, sitemaps: [] };
}
