import { sha256Hex } from '../../platform/hash.ts';
import type { RememberedPage } from './types.ts';

/** Fewer pages than this may have a block in common because they are about one thing. */
const MIN_PAGES = 4;
const MIN_SHARE = 0.5;
/** What was boilerplate stays so while some pages have it, or each page that comes and goes would change all the others. */
const MIN_SHARE_OF_KNOWN = 0.25;

/**
 * Blocks of text that most pages of a site have: menus, banners, notices. Counted once for each path, as the many orders
 * of one list have all their text in common, and not on pages that say that they are copies.
 */
export function recurringBlocks(pages: Iterable<RememberedPage>, known: ReadonlySet<string>): Set<string> {
  const blocksOf = new Map<string, Set<string>>();
  for (const { uri, blocks, canonical } of pages) {
    if (blocks.length === 0 || (canonical !== null && canonical !== uri)) continue;
    const { pathname } = new URL(uri);
    const ofPath = blocksOf.get(pathname);
    if (!ofPath) blocksOf.set(pathname, new Set(blocks));
    else for (const block of blocks) ofPath.add(block);
  }
  const counts = new Map<string, number>();
  for (const blocks of blocksOf.values()) {
    for (const block of blocks) counts.set(block, (counts.get(block) ?? 0) + 1);
  }
  const recurring = new Set<string>();
  for (const [block, pagesWith] of counts) {
    const share = known.has(block) ? MIN_SHARE_OF_KNOWN : MIN_SHARE;
    if (pagesWith >= MIN_PAGES && pagesWith >= blocksOf.size * share) recurring.add(block);
  }
  return recurring;
}

/** What of a page is not stored. The start page keeps all, so that what every page says is found once. */
export const blocksToLeaveOut = (
  page: Pick<RememberedPage, 'blocks' | 'depth'>,
  recurring: ReadonlySet<string>,
): string[] => (page.depth === 0 ? [] : [...new Set(page.blocks)].filter((block) => recurring.has(block)).sort());

/** Equal for equal lists; empty for none. */
export const leftOutKey = (leftOut: readonly string[]): string =>
  leftOut.length === 0 ? '' : sha256Hex(leftOut.join('')).slice(0, 32);

/**
 * Equal for pages with the same text: that of their own blocks, or of all where none is their own. What is no HTML, and
 * HTML without text, is told apart by its bytes.
 */
export function contentKey(page: RememberedPage, recurring: ReadonlySet<string>): string {
  const own = page.blocks.filter((block) => !recurring.has(block));
  if (own.length > 0) return `own ${sha256Hex(own.join(''))}`;
  return page.blocks.length > 0 ? `all ${sha256Hex(page.blocks.join(''))}` : `bytes ${page.contentHash}`;
}
