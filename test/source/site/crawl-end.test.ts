import { expect, test } from 'vitest';
import { crawlBounds } from '../../../src/source/site/crawl-defaults.ts';
import { createCrawlEnd } from '../../../src/source/site/crawl-end.ts';

const bounds = crawlBounds({ maxPages: 10, maxMinutes: 1 });
const url = 'http://site.example/a';
const NOTHING_DONE = { pages: 0, requests: 0, underWay: 0 };

function open() {
  let elapsedMs = 0;
  const end = createCrawlEnd(bounds, { startedAt: 0, now: () => elapsedMs });
  return { end, pass: (ms: number) => (elapsedMs += ms) };
}

test('a server that fails ten times in a row is left alone, and one answer between begins the count anew', () => {
  const { end } = open();
  const fail = (times: number) => {
    for (let time = 0; time < times; time++) end.failed(url, { isFailure: true, status: 500 });
  };
  fail(9);
  end.answered();
  fail(9);
  expect(end.allows(NOTHING_DONE)).toBe(true);
  fail(1);
  expect(end.allows(NOTHING_DONE)).toBe(false);
  expect(end.summary(3)).toEqual({
    complete: false,
    endedBy: 'server',
    reason: 'site.example failed 10 times in a row. 3 more addresses were known.',
  });
});

test('one 429 or 503 ends it', () => {
  for (const status of [429, 503]) {
    const { end } = open();
    end.failed(url, { isFailure: true, status });
    expect(end.allows(NOTHING_DONE)).toBe(false);
    expect(end.summary(0).reason).toBe(`site.example asks to be left alone (HTTP ${status}).`);
  }
});

test('pages that are under way count to the bound, but end nothing before they came', () => {
  const { end } = open();
  expect(end.allows({ pages: 6, requests: 6, underWay: 4 })).toBe(false);
  expect(end.summary(1).endedBy).toBeNull();
  expect(end.allows({ pages: 6, requests: 9, underWay: 0 })).toBe(true);
  expect(end.allows({ pages: 10, requests: 10, underWay: 0 })).toBe(false);
  expect(end.summary(1).endedBy).toBe('bound');
});

test('requests that give no page are bounded, and so is the time', () => {
  const asked = open();
  expect(asked.end.allows({ pages: 1, requests: 139, underWay: 0 })).toBe(true);
  expect(asked.end.allows({ pages: 1, requests: 139, underWay: 1 })).toBe(false);
  const late = open();
  late.pass(60_000);
  expect(late.end.allows(NOTHING_DONE)).toBe(true);
  late.pass(1);
  expect(late.end.allows(NOTHING_DONE)).toBe(false);
  expect(late.end.summary(0).reason).toBe('It ended at its bound of 1 minutes (--max-minutes).');
});

test('it is complete only where nothing was left out', () => {
  const { end } = open();
  expect(end.summary(0).complete).toBe(false);
  end.reached();
  expect(end.summary(0)).toEqual({ complete: true, endedBy: null, reason: null });
  end.overflown();
  expect(end.summary(0)).toMatchObject({ complete: false, endedBy: 'bound' });
});
