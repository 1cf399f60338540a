import type { Command } from 'commander';
import type { AddOptions } from '../../src/app/types.ts';
import { decimal, usageError } from './flags.ts';

export type CrawlFlags = {
  readonly crawl?: boolean;
  readonly depth?: number;
  readonly maxPages?: number;
  readonly maxMinutes?: number;
  readonly prefix?: string;
  readonly delay?: number;
  readonly concurrency?: number;
};

export const addCrawlFlags = (command: Command): Command =>
  command
    .option('--crawl', 'take the pages of the same host that a URL leads to as well')
    .option('--depth <links>', 'with --crawl: most links from the start page to a page (3)', decimal)
    .option('--max-pages <count>', 'with --crawl: most pages (500)', decimal)
    .option('--max-minutes <minutes>', 'with --crawl: longest time (30)', decimal)
    .option('--prefix <path>', 'with --crawl: only pages whose path begins with it')
    .option('--delay <ms>', 'with --crawl: least time between two requests (250)', decimal)
    .option('--concurrency <count>', 'with --crawl: requests at the same time, 1 to 4 (2)', decimal);

/** Undefined without --crawl. Bounds are checked where they are used. */
export function crawlOptions(flags: CrawlFlags): AddOptions['crawl'] {
  const { depth, maxPages, maxMinutes, prefix, delay: delayMs, concurrency } = flags;
  const given = { depth, maxPages, maxMinutes, prefix, delayMs, concurrency };
  if (flags.crawl) return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
  if (Object.values(given).some((value) => value !== undefined)) {
    throw usageError('Bounds of a crawl are for --crawl.', 'Example: rag add https://example.com/ --crawl --depth 2');
  }
  return undefined;
}
