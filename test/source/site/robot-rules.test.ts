import { expect, test } from 'vitest';
import { indexRules, readRobotRules } from '../../../src/source/site/robot-rules.ts';

const ROBOTS = 'http://site.example/robots.txt';

test('rules for ragstone go before those for everyone', async () => {
  const rules = await readRobotRules(
    ROBOTS,
    'User-agent: *\nDisallow: /\n\nUser-agent: ragstone\nDisallow: /private/\nAllow: /private/open\nCrawl-delay: 2\n\nSitemap: http://site.example/map.xml',
  );
  expect(rules.isAllowed('http://site.example/a')).toBe(true);
  expect(rules.isAllowed('http://site.example/private/a')).toBe(false);
  expect(rules.isAllowed('http://site.example/private/open')).toBe(true);
  expect(rules.crawlDelayMs).toBe(2000);
  expect(rules.sitemaps).toEqual(['http://site.example/map.xml']);
});

test('a robots.txt that is none forbids nothing', async () => {
  for (const text of ['', '<html>Not found</html>', '\0\0\0', 'Disallow: /']) {
    const rules = await readRobotRules(ROBOTS, text);
    expect(rules.isAllowed('http://site.example/a'), JSON.stringify(text)).toBe(true);
    expect(rules.crawlDelayMs).toBe(0);
  }
});

test('header and meta elements forbid together; words for other robots do not count', () => {
  const yes = { index: true, follow: true };
  expect(indexRules(null, '')).toEqual(yes);
  expect(indexRules('noindex', '')).toEqual({ index: false, follow: true });
  expect(indexRules(null, 'NOINDEX, nofollow')).toEqual({ index: false, follow: false });
  expect(indexRules('none', '')).toEqual({ index: false, follow: false });
  expect(indexRules('otherbot: noindex, nofollow', '')).toEqual(yes);
  expect(indexRules('otherbot: nofollow, ragstone: noindex', '')).toEqual({ index: false, follow: true });
  expect(indexRules('unavailable_after: 25 Jun 2030 15:00:00 PST', 'index, follow')).toEqual(yes);
});
