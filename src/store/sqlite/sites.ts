import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type Database from 'better-sqlite3';
import type { RememberedPage } from '../../source/types.ts';
import type { SiteStore, SiteWriter } from '../types.ts';

/** From which schema version on the tables are there; a file opened for reading only may be older. */
const SINCE_VERSION = 15;
/** Of a block, see PageFacts.blocks. */
const HASH_BYTES = 8;

type PageRecord = {
  uri: string;
  depth: number;
  purpose: RememberedPage['use'];
  etag: string | null;
  last_modified: string | null;
  content_hash: Buffer;
  links: Buffer;
  canonical: string | null;
  blocks: Buffer;
  left_out: string | null;
  checked_at: string;
};

/** What is remembered of crawled sites. */
export function createSites(
  database: Database.Database,
  schemaVersion: number,
): { readonly store: SiteStore; readonly writer: SiteWriter } {
  const isThere = schemaVersion >= SINCE_VERSION;
  // Another process may have removed it since the crawl began.
  const hasSource = (source: number): boolean =>
    database.prepare('SELECT 1 FROM sources WHERE id = ?').get(source) !== undefined;
  return {
    store: {
      rememberedSite(source) {
        if (!isThere) return { pages: new Map(), recurring: new Set(), unfinishedSince: null };
        const site = database
          .prepare<[number], { recurring: Buffer; unfinished_since: string | null }>(
            'SELECT recurring, unfinished_since FROM sites WHERE source_id = ?',
          )
          .get(source);
        const records = database
          .prepare<[number], PageRecord>('SELECT * FROM site_pages WHERE source_id = ? ORDER BY id')
          .all(source);
        return {
          pages: new Map(records.map((record) => [record.uri, pageOf(record)])),
          recurring: new Set(site ? unpackHashes(site.recurring) : []),
          unfinishedSince: site?.unfinished_since ?? null,
        };
      },
    },
    writer: {
      putPages(source, pages) {
        const put = database.prepare(`
          INSERT INTO site_pages (source_id, uri, depth, purpose, etag, last_modified, content_hash, links, canonical, blocks, left_out, checked_at)
          VALUES (@source, @uri, @depth, @use, @etag, @lastModified, @contentHash, @links, @canonical, @blocks, @leftOut, @checkedAt)
          ON CONFLICT (source_id, uri) DO UPDATE SET depth = @depth, purpose = @use, etag = @etag, last_modified = @lastModified,
            content_hash = @contentHash, links = @links, canonical = @canonical, blocks = @blocks, left_out = @leftOut, checked_at = @checkedAt`);
        for (const page of hasSource(source) ? pages : []) {
          put.run({
            ...page,
            source,
            contentHash: Buffer.from(page.contentHash, 'hex'),
            links: deflateRawSync(page.links.join('\n')),
            blocks: packHashes(page.blocks),
          });
        }
      },
      removePages(source, uris) {
        const remove = database.prepare('DELETE FROM site_pages WHERE source_id = ? AND uri = ?');
        for (const uri of uris) remove.run(source, uri);
      },
      putSite(source, { recurring, unfinishedSince }) {
        if (!hasSource(source)) return;
        database
          .prepare(
            `INSERT INTO sites (source_id, recurring, unfinished_since) VALUES (?, ?, ?)
             ON CONFLICT (source_id) DO UPDATE SET recurring = excluded.recurring, unfinished_since = excluded.unfinished_since`,
          )
          .run(source, packHashes([...recurring]), unfinishedSince);
      },
    },
  };
}

function pageOf(record: PageRecord): RememberedPage {
  const links = inflateRawSync(record.links).toString('utf8');
  return {
    uri: record.uri,
    depth: record.depth,
    use: record.purpose,
    etag: record.etag,
    lastModified: record.last_modified,
    contentHash: record.content_hash.toString('hex'),
    links: links === '' ? [] : links.split('\n'),
    canonical: record.canonical,
    blocks: unpackHashes(record.blocks),
    leftOut: record.left_out,
    checkedAt: record.checked_at,
  };
}

const packHashes = (hashes: readonly string[]): Buffer => Buffer.from(hashes.join(''), 'hex');

const unpackHashes = (packed: Buffer): string[] =>
  Array.from({ length: packed.length / HASH_BYTES }, (_, i) =>
    packed.toString('hex', i * HASH_BYTES, (i + 1) * HASH_BYTES),
  );
