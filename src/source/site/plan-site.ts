import { blocksToLeaveOut, contentKey, leftOutKey } from './recurring-blocks.ts';
import type { RememberedPage } from './types.ts';

/** What is to become of a page. */
export type PagePlan =
  /** `leftOut`: hashes of its blocks that are not stored. */
  | { readonly kind: 'store'; readonly leftOut: readonly string[]; readonly leftOutKey: string }
  | { readonly kind: 'links-only' }
  | { readonly kind: 'duplicate'; readonly of: string; readonly why: 'canonical' | 'same-text' };

/**
 * Which pages are stored, and which are the same as another. A page that names a canonical address is that page when it
 * was read and can be stored; of a circle of such names one page stands for all. Of pages with the same text one that
 * others name goes before one that has a document, and that before the first. Pure; pages are in the order in which they
 * were found.
 */
export function planSite(
  pages: ReadonlyMap<string, RememberedPage>,
  recurring: ReadonlySet<string>,
): Map<string, PagePlan> {
  const readable = [...pages.values()].filter(({ use }) => use === 'text');
  const canonicals = new Map(readable.map((page) => [page.uri, canonicalOf(page, pages)]));
  const named = new Set([...canonicals].filter(([uri, canonical]) => canonical !== uri).map(([, uri]) => uri));
  const candidates = readable.filter(({ uri }) => canonicals.get(uri) === uri);
  const keys = new Map(candidates.map((page) => [page.uri, contentKey(page, recurring)]));
  const owners = new Map<string, RememberedPage>();
  const rank = (page: RememberedPage): number => (named.has(page.uri) ? 2 : 0) + (page.leftOut === null ? 0 : 1);
  for (const page of candidates) {
    const key = keys.get(page.uri)!;
    const owner = owners.get(key);
    if (!owner || rank(page) > rank(owner)) owners.set(key, page);
  }
  const ownerOf = (uri: string): string => owners.get(keys.get(uri)!)!.uri;

  const planOf = (page: RememberedPage): PagePlan => {
    if (page.use === 'links') return { kind: 'links-only' };
    const canonical = canonicals.get(page.uri)!;
    const owner = ownerOf(canonical);
    if (canonical !== page.uri) return { kind: 'duplicate', of: owner, why: 'canonical' };
    if (owner !== page.uri) return { kind: 'duplicate', of: owner, why: 'same-text' };
    const leftOut = blocksToLeaveOut(page, recurring);
    return { kind: 'store', leftOut, leftOutKey: leftOutKey(leftOut) };
  };
  return new Map([...pages.values()].map((page) => [page.uri, planOf(page)]));
}

/** Where the canonical names lead from a page; the page itself when that is nowhere, or in a circle. */
function canonicalOf(page: RememberedPage, pages: ReadonlyMap<string, RememberedPage>): string {
  const passed = new Set<string>();
  let at = page;
  while (!passed.has(at.uri)) {
    passed.add(at.uri);
    const next = at.canonical === null ? undefined : pages.get(at.canonical);
    if (!next || next === at || next.use === 'links') return at.uri;
    at = next;
  }
  return firstOf(passed, pages) ?? page.uri;
}

/** In a circle one of its pages stands for all: the one that was found first. */
const firstOf = (uris: ReadonlySet<string>, pages: ReadonlyMap<string, RememberedPage>): string | undefined => {
  for (const uri of pages.keys()) if (uris.has(uri)) return uri;
  return undefined;
};
