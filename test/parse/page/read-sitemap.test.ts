import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { readSitemap } from '../../../src/parse/page/read-sitemap.ts';

const MAP =
  '<?xml version="1.0"?><urlset><url><loc> http://site.example/a?b=1&amp;c=2 </loc></url><url><loc><![CDATA[http://site.example/d]]></loc></url></urlset>';

test('a sitemap lists pages, an index lists sitemaps', () => {
  const pages = ['http://site.example/a?b=1&c=2', 'http://site.example/d'];
  expect(readSitemap(Buffer.from(MAP))).toEqual({ pages, sitemaps: [] });
  expect(readSitemap(gzipSync(MAP))).toEqual({ pages, sitemaps: [] });
  const index = '<sitemapindex xmlns="x"><sitemap><loc>http://site.example/1.xml.gz</loc></sitemap></sitemapindex>';
  expect(readSitemap(Buffer.from(index))).toEqual({ pages: [], sitemaps: ['http://site.example/1.xml.gz'] });
});

test('a text file has one address in each line', () => {
  expect(readSitemap(Buffer.from('http://site.example/a\r\n\r\nno address\nhttps://site.example/b')).pages).toEqual([
    'http://site.example/a',
    'https://site.example/b',
  ]);
});

test('what is broken is read as far as it goes, and no further than the bounds', () => {
  expect(readSitemap(Buffer.from(MAP.slice(0, 80))).pages.length).toBeLessThanOrEqual(1);
  expect(readSitemap(Buffer.from('')).pages).toEqual([]);
  const many = `<urlset>${'<loc>http://s.example/</loc>'.repeat(60_000)}</urlset>`;
  expect(readSitemap(Buffer.from(many)).pages).toHaveLength(50_000);
  expect(() => readSitemap(gzipSync(Buffer.alloc(60_000_000)))).toThrow(/Unpacks to more/);
  expect(() => readSitemap(Buffer.from([0x1f, 0x8b, 1, 2, 3]))).toThrow(/Damaged gzip/);
});
