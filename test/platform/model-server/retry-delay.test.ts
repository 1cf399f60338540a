import { expect, test } from 'vitest';
import {
  MAX_RETRY_AFTER_MS,
  parseRetryAfter,
  retryDelayMs,
  waitFor,
} from '../../../src/platform/model-server/retry-delay.ts';

const NOW = Date.parse('2026-01-05T10:00:00Z');
const parse = (headers: Record<string, string>) => parseRetryAfter(new Headers(headers), NOW);

test('Retry-After is read as seconds, as a date and in milliseconds', () => {
  expect(parse({ 'retry-after': '2' })).toBe(2000);
  expect(parse({ 'retry-after': 'Mon, 05 Jan 2026 10:00:07 GMT' })).toBe(7000);
  expect(parse({ 'retry-after': 'Mon, 05 Jan 2026 09:00:00 GMT' })).toBe(0);
  expect(parse({ 'retry-after-ms': '150', 'retry-after': '9' })).toBe(150);
});

test('what is no Retry-After is taken for none', () => {
  expect(parse({})).toBeNull();
  expect(parse({ 'retry-after': 'soon' })).toBeNull();
  expect(parse({ 'retry-after': '-5' })).not.toBeLessThan(0);
});

test('without a wish of the server the pause doubles, with jitter, up to a bound', () => {
  expect(retryDelayMs(1, null, () => 0)).toBe(200);
  expect(retryDelayMs(1, null, () => 1)).toBe(400);
  expect(retryDelayMs(3, null, () => 1)).toBe(1600);
  expect(retryDelayMs(50, null, () => 1)).toBe(8000);
});

test('a wish of the server is granted up to the bound and refused beyond it', () => {
  expect(retryDelayMs(1, 0, () => 1)).toBe(0);
  expect(retryDelayMs(1, MAX_RETRY_AFTER_MS, () => 1)).toBe(MAX_RETRY_AFTER_MS);
  expect(retryDelayMs(1, MAX_RETRY_AFTER_MS + 1, () => 1)).toBeNull();
});

test('waiting ends with the signal', async () => {
  const controller = new AbortController();
  const waiting = waitFor(600_000, controller.signal);
  controller.abort(new Error('stop'));
  await expect(waiting).rejects.toThrow('stop');
  await expect(waitFor(600_000, controller.signal)).rejects.toThrow('stop');
});
