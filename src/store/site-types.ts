import type { RememberedPage, RememberedSite } from '../source/types.ts';
import type { SourceRow } from './types.ts';

export type SiteStore = {
  /** What earlier crawls of a site left, its pages in the order in which they were found. */
  rememberedSite(source: SourceRow): RememberedSite;
};

export type SiteWriter = {
  /** Adds or replaces the pages. */
  putPages(source: SourceRow, pages: readonly RememberedPage[]): void;
  removePages(source: SourceRow, uris: readonly string[]): void;
  /** All but its pages. */
  putSite(source: SourceRow, site: Omit<RememberedSite, 'pages'>): void;
};
