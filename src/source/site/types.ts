/** How a site is crawled. What is left out has the default of `crawl-defaults.ts`. */
export type CrawlOptions = {
  /** Most links from the start page to a page; 0 takes the start page alone. */
  readonly depth?: number;
  readonly maxPages?: number;
  readonly maxMinutes?: number;
  /** Path that the pages begin with; all of the host when left out. */
  readonly prefix?: string;
  /** Least time between two requests. The site's own Crawl-delay goes before it when that is longer. */
  readonly delayMs?: number;
  /** Requests at the same time. */
  readonly concurrency?: number;
};

/** What the HTML of a page says of other pages, and the blocks that it consists of. */
export type PageFacts = {
  /** Absolute http(s) addresses in order, each once, without those that say nofollow. */
  readonly links: readonly string[];
  readonly canonical: string | null;
  /** Contents of its robots meta elements, in lower case, joined by commas. */
  readonly robots: string;
  /** Hash of the text of each block in order, 16 hexadecimal digits. */
  readonly blocks: readonly string[];
};

/** What a sitemap lists, as it is written there. */
export type SitemapFacts = { readonly pages: readonly string[]; readonly sitemaps: readonly string[] };

/** A page of a site that was read, as it is remembered for the next crawl. */
export type RememberedPage = {
  readonly uri: string;
  /** Links from the start page. */
  readonly depth: number;
  /** 'links' when it is there to be followed only: it asks not to be indexed, or no --include matches. */
  readonly use: 'text' | 'links';
  readonly etag: string | null;
  readonly lastModified: string | null;
  /** Sha256 of its bytes, hex. */
  readonly contentHash: string;
  /** Pages of the site that it leads to. */
  readonly links: readonly string[];
  /** Page of the site that it says it is a copy of. */
  readonly canonical: string | null;
  /** See PageFacts.blocks; empty for what is no HTML. */
  readonly blocks: readonly string[];
  /** Which of its blocks its document was stored without, as `leftOutKey` makes it; null when it has no document. */
  readonly leftOut: string | null;
  /** ISO 8601. */
  readonly checkedAt: string;
};

/** What is remembered of a site. */
export type RememberedSite = {
  readonly pages: ReadonlyMap<string, RememberedPage>;
  /** Hashes of the blocks that recurred. */
  readonly recurring: ReadonlySet<string>;
  /** When a crawl began that did not come to its end, ISO 8601. */
  readonly unfinishedSince: string | null;
};

/** Why a page of a site was not taken. */
export type PageRefusal =
  | 'robots'
  | 'noindex'
  | 'off-site'
  | 'private-address'
  | 'too-large'
  | 'slow'
  | 'binary'
  | 'duplicate'
  | 'redirect'
  | 'loop'
  | 'trap'
  | 'gone'
  | 'empty'
  | 'server-error'
  | 'refused';

/** What a crawl did, in figures. */
export type CrawlSummary = {
  readonly uri: string;
  /** Of all kinds: pages, robots.txt, sitemaps, redirects, tries again. */
  readonly requests: number;
  /** Pages that were sent. */
  readonly fetched: number;
  /** Pages of which the server said that they are as they were. */
  readonly notModified: number;
  /** Pages that a crawl before this one, which was cut off, had read already. */
  readonly resumed: number;
  readonly bytes: number;
  /** Addresses by the reason for which they were not taken; each page counts once. */
  readonly refused: Readonly<Partial<Record<PageRefusal, number>>>;
  /** Links to other hosts, or past the prefix, the depth or the excluded paths; none of them was asked for. */
  readonly outside: number;
  /** Blocks of text that recur on most pages and are stored with the start page only. */
  readonly recurringBlocks: number;
  /** False when a bound or the server ended it early: then no page is removed for not being found. */
  readonly complete: boolean;
  readonly endedBy: 'bound' | 'server' | null;
  /** Why it is not complete, one sentence. */
  readonly reason: string | null;
};
