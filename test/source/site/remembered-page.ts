import type { RememberedPage } from '../../../src/source/types.ts';

/** A stored page of `http://site.example`; `blocks` are words that stand for their hashes. */
export const rememberedPage = (path: string, given: Partial<RememberedPage> = {}): RememberedPage => ({
  uri: `http://site.example${path}`,
  depth: 1,
  use: 'text',
  etag: null,
  lastModified: null,
  contentHash: path,
  links: [],
  canonical: null,
  blocks: [`text of ${path}`],
  leftOut: null,
  checkedAt: '2026-03-01T00:00:00.000Z',
  ...given,
});

export const byUri = (pages: readonly RememberedPage[]): Map<string, RememberedPage> =>
  new Map(pages.map((page) => [page.uri, page]));
