import { expect, test } from 'vitest';
import { RagError } from '../../../src/platform/errors.ts';
import type { PageFetch, PageResponse } from '../../../src/platform/http/page-fetch.ts';
import { createPoliteFetch, retryAfterMs } from '../../../src/source/site/polite-fetch.ts';

const GONE: PageResponse = { kind: 'gone', status: 404 };
const busy = (status: number, retryAfter: string | null = null) =>
  new RagError('SOURCE_FAILED', { message: `HTTP ${status}`, details: { status, retryAfter } });

/** Time stands still but for waits; answers are given in order, then the page is gone. */
function politely(answers: readonly RagError[], options: { delayMs?: number; signal?: AbortSignal } = {}) {
  const left = [...answers];
  let now = 1_000_000;
  const askedAt: number[] = [];
  const fetch: PageFetch['fetch'] = async () => {
    askedAt.push(now - 1_000_000);
    const answer = left.shift();
    if (answer) throw answer;
    return GONE;
  };
  const polite = createPoliteFetch(
    { fetch, close: () => {} },
    {
      delayMs: options.delayMs ?? 0,
      clock: { now: () => now },
      signal: options.signal,
      wait: async (ms) => {
        now += ms;
      },
    },
  );
  return { polite, askedAt, ask: () => polite.fetch({ url: 'http://site.example/', maxBytes: 1 }) };
}

test('requests begin at least the delay apart, or as far as robots.txt asks', async () => {
  const { polite, ask, askedAt } = politely([], { delayMs: 250 });
  await ask();
  await ask();
  polite.slowTo(2_000);
  await ask();
  await ask();
  expect(askedAt).toEqual([0, 250, 500, 2_500]);
});

test('a busy server is left alone for the time that it asks for, and then asked again', async () => {
  const { polite, ask, askedAt } = politely([busy(429, '7'), busy(503, new Date(1_000_000 + 20_000).toUTCString())]);
  expect(await ask()).toBe(GONE);
  expect(askedAt).toEqual([0, 7_000, 20_000]);
  expect(polite.requests()).toBe(3);
});

test('one that does not say how long is asked less and less often, and then no more', async () => {
  const { ask, askedAt } = politely([busy(503), busy(503), busy(503), busy(503)]);
  await expect(ask()).rejects.toMatchObject({ message: 'HTTP 503' });
  expect(askedAt).toEqual([0, 1_000, 3_000, 7_000]);
});

test('one that asks to wait for long is not waited for', async () => {
  const { ask, askedAt } = politely([busy(429, '3600')]);
  await expect(ask()).rejects.toMatchObject({ message: 'HTTP 429' });
  expect(askedAt).toEqual([0]);
});

test('a fault is tried once more; a refusal is not', async () => {
  expect(await politely([busy(502)]).ask()).toBe(GONE);
  const twice = politely([busy(500), busy(500)]);
  await expect(twice.ask()).rejects.toMatchObject({ message: 'HTTP 500' });
  expect(twice.askedAt).toHaveLength(2);
  const refused = politely([busy(403)]);
  await expect(refused.ask()).rejects.toMatchObject({ message: 'HTTP 403' });
  expect(refused.askedAt).toHaveLength(1);
});

test('nothing is asked after an interrupt', async () => {
  const { ask, askedAt } = politely([], { signal: AbortSignal.abort() });
  await expect(ask()).rejects.toMatchObject({ code: 'ABORTED' });
  expect(askedAt).toEqual([]);
});

test('Retry-After is seconds or a date', () => {
  expect(retryAfterMs('120', 0)).toBe(120_000);
  expect(retryAfterMs('Thu, 01 Jan 1970 00:01:00 GMT', 10_000)).toBe(50_000);
  expect(retryAfterMs('Thu, 01 Jan 1970 00:00:00 GMT', 10_000)).toBe(0);
  for (const value of [null, '', 'soon', '-3', '99999999999999'])
    expect(retryAfterMs(value, 0), String(value)).toBeNull();
});
