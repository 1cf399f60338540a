/** What `robots.txt` says to us. */
export type RobotRules = {
  isAllowed(url: string): boolean;
  /** 0 when none is asked for. */
  readonly crawlDelayMs: number;
  readonly sitemaps: readonly string[];
};

/** The name by which robots.txt and robots meta elements speak to us. */
const ROBOT_NAME = 'ragstone';

/** Past this nothing is heeded, as the standard allows. Source: RFC 9309, section 2.5. */
export const MAX_ROBOTS_BYTES = 512_000;

/** Whoever asks for more means that nobody should come. */
const MAX_CRAWL_DELAY_MS = 3_600_000;

export const allowAll: RobotRules = { isAllowed: () => true, crawlDelayMs: 0, sitemaps: [] };

/** The rules of a `robots.txt` for ROBOT_NAME, else those for everyone. */
export async function readRobotRules(url: string, text: string): Promise<RobotRules> {
  const { default: robotsParser } = await import('robots-parser');
  const rules = robotsParser(url, text);
  const delayMs = (rules.getCrawlDelay(ROBOT_NAME) ?? 0) * 1000;
  return {
    isAllowed: (page) => rules.isAllowed(page, ROBOT_NAME) ?? true,
    crawlDelayMs: Number.isFinite(delayMs) && delayMs > 0 ? Math.min(delayMs, MAX_CRAWL_DELAY_MS) : 0,
    sitemaps: rules.getSitemaps(),
  };
}

/** Whether a page may be stored and its links followed. */
export type IndexRules = { readonly index: boolean; readonly follow: boolean };

/**
 * What X-Robots-Tag and the robots meta elements of a page say together. A name before a colon makes a rule one for
 * that robot. Source: Google, "Robots meta tag, data-nosnippet, and X-Robots-Tag specifications".
 */
export function indexRules(header: string | null, meta: string): IndexRules {
  let speaksTo = true;
  const words: string[] = [];
  for (const part of `${header ?? ''}`.toLowerCase().slice(0, 2_000).split(',')) {
    const named = /^\s*([\w-]+)\s*:\s*(.*)$/.exec(part);
    // "unavailable_after: <date>" is a rule with a value.
    if (named && named[1] !== 'unavailable_after' && !named[1]!.startsWith('max-')) {
      speaksTo = named[1] === ROBOT_NAME;
    }
    if (speaksTo) words.push((named?.[2] ?? part).trim());
  }
  words.push(
    ...meta
      .toLowerCase()
      .split(',')
      .map((word) => word.trim()),
  );
  const none = words.includes('none');
  return { index: !none && !words.includes('noindex'), follow: !none && !words.includes('nofollow') };
}
