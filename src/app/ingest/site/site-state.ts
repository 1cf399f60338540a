import { type PagePlan, planSite } from '../../../source/site/plan-site.ts';
import { recurringBlocks } from '../../../source/site/recurring-blocks.ts';
import type { RememberedPage, RememberedSite } from '../../../source/types.ts';

/** What is known of a site while it is crawled. */
export type SiteState = {
  /** A page that was read, or that the server says is as it was. */
  see(page: RememberedPage): void;
  /** A page that is not to be had: what was known of it is forgotten, unless it may come back. */
  miss(uri: string, keeps: boolean): void;
  /** The document of a page is stored now, without the blocks that this key stands for. */
  stored(uri: string, leftOutKey: string): void;
  /** By which key the document of a page is stored; null when it is not. */
  storedAs(uri: string): string | null;
  isSeen(uri: string): boolean;
  isMissing(uri: string): boolean;
  /** It could not be had this time, which says nothing of whether it is there. */
  isKept(uri: string): boolean;
  /** Pages of this crawl in the order in which they were found, then those that it did not come to or could not read. */
  pages(): Map<string, RememberedPage>;
  /** Forgets the pages that this crawl did not come to: it came to its end, so they are out of its bounds. */
  forgetUnseen(): void;
  plan(): { readonly plan: Map<string, PagePlan>; readonly recurring: ReadonlySet<string> };
};

export function createSiteState(remembered: RememberedSite, isStored: (uri: string) => boolean): SiteState {
  const seen = new Map<string, RememberedPage>();
  const others = new Map(remembered.pages);
  const kept = new Set<string>();
  const missing = new Set<string>();
  const storedAs = new Map<string, string>();
  for (const { uri, leftOut } of remembered.pages.values()) {
    if (leftOut !== null && isStored(uri)) storedAs.set(uri, leftOut);
  }
  const pages = (): Map<string, RememberedPage> => {
    const all = new Map<string, RememberedPage>();
    for (const page of [...seen.values(), ...others.values()]) {
      if (!all.has(page.uri)) all.set(page.uri, { ...page, leftOut: storedAs.get(page.uri) ?? null });
    }
    return all;
  };
  return {
    see(page) {
      seen.set(page.uri, page);
      others.delete(page.uri);
      missing.delete(page.uri);
    },
    miss(uri, keeps) {
      if (keeps) kept.add(uri);
      else if (!seen.has(uri)) {
        others.delete(uri);
        missing.add(uri);
      }
    },
    stored: (uri, key) => void storedAs.set(uri, key),
    storedAs: (uri) => storedAs.get(uri) ?? null,
    isSeen: (uri) => seen.has(uri),
    isMissing: (uri) => missing.has(uri),
    isKept: (uri) => kept.has(uri),
    pages,
    forgetUnseen() {
      for (const uri of others.keys()) if (!kept.has(uri)) others.delete(uri);
    },
    plan() {
      const all = pages();
      const recurring = recurringBlocks(all.values(), remembered.recurring);
      return { plan: planSite(all, recurring), recurring };
    },
  };
}
