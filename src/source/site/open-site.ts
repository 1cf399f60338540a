import { isRagError, RagError } from '../../platform/errors.ts';
import type { PageResponse } from '../../platform/http/page-fetch.ts';
import { pageUrl } from './page-url.ts';
import { allowAll, MAX_ROBOTS_BYTES, type RobotRules, readRobotRules } from './robot-rules.ts';
import { isSameHost } from './site-scope.ts';

/** Redirects that may stand before a start page or a robots.txt. */
const MAX_HOPS = 5;

export type OpenedSite = { readonly start: string; readonly robots: RobotRules; readonly answer: PageResponse };

export type SiteOpening = {
  readonly fetchPage: (url: string) => Promise<PageResponse>;
  readonly fetchText: (url: string, maxBytes: number) => Promise<PageResponse>;
  readonly slowTo: (delayMs: number) => void;
};

/**
 * The rules of a site and its start page, which may stand one or more redirects further on the same host: with `www.`, or
 * by https. Throws SOURCE_REFUSED when the rules or a redirect to another host stand against it, and SOURCE_FAILED when
 * the server fails, its robots.txt included: nobody knows then what is allowed.
 */
export async function openSite(asked: string, opening: SiteOpening): Promise<OpenedSite> {
  const passed = new Set<string>();
  let start = asked;
  let robots = allowAll;
  let origin = '';
  for (;;) {
    passed.add(start);
    if (new URL(start).origin !== origin) {
      origin = new URL(start).origin;
      robots = await fetchRobots(origin, opening);
      opening.slowTo(robots.crawlDelayMs);
    }
    if (!robots.isAllowed(start)) {
      throw new RagError('SOURCE_REFUSED', {
        message: `The robots.txt of ${new URL(start).host} does not let programs read ${start}.`,
        hint: 'Save the pages from a browser, and add the files.',
      });
    }
    const answer = await opening.fetchPage(start);
    if (answer.kind !== 'redirect') return { start, robots, answer };
    const next = pageUrl(answer.to.href);
    if (next === null || !isSameHost(new URL(next), new URL(asked))) {
      throw new RagError('SOURCE_REFUSED', {
        message: `${asked} redirects to another host: ${answer.to.href.slice(0, 300)}`,
        hint: 'If that is the site that is meant, add it by that address.',
      });
    }
    if (passed.has(next) || passed.size > MAX_HOPS) {
      throw new RagError('SOURCE_FAILED', {
        message: `${asked} redirects ${passed.has(next) ? 'in a circle' : `more than ${MAX_HOPS} times`}.`,
      });
    }
    start = next;
  }
}

/** No rules where the server has none (4xx). Source: RFC 9309, section 2.3.1. */
async function fetchRobots(origin: string, { fetchText }: SiteOpening): Promise<RobotRules> {
  let url = `${origin}/robots.txt`;
  for (let hops = 0; hops <= MAX_HOPS; hops++) {
    let answer: PageResponse;
    try {
      answer = await fetchText(url, MAX_ROBOTS_BYTES);
    } catch (error) {
      if (!isRagError(error)) throw error;
      const { status, maxBytes } = error.details;
      if (maxBytes !== undefined || (typeof status === 'number' && status < 500 && status !== 429)) return allowAll;
      throw error;
    }
    if (answer.kind === 'page')
      return readRobotRules(`${origin}/robots.txt`, Buffer.from(answer.bytes).toString('utf8'));
    if (answer.kind !== 'redirect' || !isSameHost(answer.to, new URL(origin))) return allowAll;
    url = answer.to.href;
  }
  return allowAll;
}
