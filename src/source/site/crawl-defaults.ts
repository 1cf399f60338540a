import { RagError } from '../../platform/errors.ts';
import type { CrawlOptions } from './types.ts';

type Bounds = { readonly default: number; readonly min: number; readonly max: number; readonly what: string };

/** Bounds that keep a mistake small; a person who wants a whole large site says so. */
const BOUNDS = {
  depth: { default: 3, min: 0, max: 100, what: 'depth in links' },
  maxPages: { default: 500, min: 1, max: 100_000, what: 'number of pages' },
  maxMinutes: { default: 30, min: 0.01, max: 10_080, what: 'number of minutes' },
  delayMs: { default: 250, min: 0, max: 600_000, what: 'delay in milliseconds' },
  concurrency: { default: 2, min: 1, max: 4, what: 'number of requests at the same time' },
} as const satisfies Record<string, Bounds>;

export type CrawlBounds = { readonly [Name in keyof typeof BOUNDS]: number } & { readonly prefix: string };

export const crawlBounds = (options: CrawlOptions): CrawlBounds => ({
  depth: options.depth ?? BOUNDS.depth.default,
  maxPages: options.maxPages ?? BOUNDS.maxPages.default,
  maxMinutes: options.maxMinutes ?? BOUNDS.maxMinutes.default,
  delayMs: options.delayMs ?? BOUNDS.delayMs.default,
  concurrency: options.concurrency ?? BOUNDS.concurrency.default,
  prefix: options.prefix ?? '/',
});

/** Only what was given, the prefix with a slash at its start. Throws USAGE for what is out of bounds. */
export function checkedCrawlOptions(options: CrawlOptions): CrawlOptions {
  const kept: Record<string, number | string> = {};
  for (const name of Object.keys(BOUNDS) as (keyof typeof BOUNDS)[]) {
    const value = options[name];
    if (value === undefined) continue;
    const { min, max, what }: Bounds = BOUNDS[name];
    if (!Number.isFinite(value) || value < min || value > max || (name !== 'maxMinutes' && !Number.isInteger(value))) {
      throw new RagError('USAGE', { message: `The ${what} of a crawl must be from ${min} to ${max}, not ${value}.` });
    }
    kept[name] = value;
  }
  if (options.prefix !== undefined) kept.prefix = checkedPrefix(options.prefix);
  return kept;
}

function checkedPrefix(prefix: string): string {
  const path = prefix.startsWith('/') ? prefix : `/${prefix}`;
  if (prefix.trim() === '' || /[?#\s]|:\/\//.test(prefix) || path.split('/').includes('..')) {
    throw new RagError('USAGE', {
      message: `Not a path that pages begin with: ${JSON.stringify(prefix.slice(0, 200))}`,
      hint: 'Example: --prefix /docs/',
    });
  }
  return new URL(path, 'http://site.invalid').pathname;
}
