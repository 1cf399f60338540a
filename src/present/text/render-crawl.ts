import type { IngestReport } from '../../app/types.ts';
import { escapeLine } from './escape-terminal.ts';
import { countOf, formatBytes, groupDigits } from './quantities.ts';
import { wrapLines } from './wrap-lines.ts';

type Crawl = NonNullable<IngestReport['crawls']>[number];

const WORDS: Readonly<Record<keyof Crawl['refused'], string>> = {
  robots: 'by robots.txt',
  noindex: 'not to be indexed',
  'off-site': 'to another host',
  'private-address': 'to a private address',
  'too-large': 'too large',
  slow: 'too slow',
  binary: 'no document',
  duplicate: 'copies of others',
  redirect: 'redirected within the site',
  loop: 'redirected in a circle',
  trap: 'traps',
  gone: 'missing',
  empty: 'empty',
  'server-error': 'failed by the server',
  refused: 'refused by the server',
};

/** What a crawl did, in some lines of at most `width` columns; a `width` of 0 breaks nothing. */
export function renderCrawl(crawl: Crawl, width: number): string {
  const pages = [
    `${countOf(crawl.fetched, 'page')} fetched`,
    crawl.notModified > 0 && `${groupDigits(crawl.notModified)} not modified`,
    crawl.resumed > 0 && `${groupDigits(crawl.resumed)} read before it was cut off`,
  ].filter(Boolean);
  const refused = (Object.entries(crawl.refused) as [keyof Crawl['refused'], number][])
    .sort(([, a], [, b]) => b - a)
    .map(([code, count]) => `${groupDigits(count)} ${WORDS[code]}`);
  const facts = [
    refused.length > 0 && `Not taken: ${refused.join(', ')}.`,
    crawl.outside > 0 && `Not followed: ${countOf(crawl.outside, 'address', 'addresses')} out of its bounds.`,
    crawl.recurringBlocks > 0 &&
      `Left out: ${countOf(crawl.recurringBlocks, 'block')} of text that most pages have; the start page keeps them.`,
    crawl.reason && `${escapeLine(crawl.reason)} No page was removed for not being found.`,
  ].filter((fact) => typeof fact === 'string');
  const head = `Crawl of ${escapeLine(crawl.uri)}: ${pages.join(', ')}; ${countOf(crawl.requests, 'request')}, ${formatBytes(crawl.bytes)}.`;
  return [head, ...facts.map((fact) => `  ${fact}`)].map((line) => `${broken(line, width)}\n`).join('');
}

/** Further lines stand four columns in. */
function broken(line: string, width: number): string {
  if (width <= 0 || line.length <= width) return line;
  const indent = line.length - line.trimStart().length;
  const parts = wrapLines(line.trimStart(), Math.max(20, width - 4));
  return parts
    .map(({ start, end }, i) => ' '.repeat(i === 0 ? indent : 4) + line.trimStart().slice(start, end))
    .join('\n');
}
