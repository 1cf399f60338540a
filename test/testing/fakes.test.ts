import { expect, test } from 'vitest';
import { fixedClock } from '../../src/testing/fixed-clock.ts';
import { hashEmbedder } from '../../src/testing/hash-embedder.ts';

const dot = (a: Float32Array, b: Float32Array) => a.reduce((sum, value, index) => sum + value * b[index]!, 0);

test('the hash embedder puts texts that share words near each other', async () => {
  const [a, b, c] = await hashEmbedder(256).embedPassages(['red apple pie', 'Apple pie, red', 'quantum tunnel diode']);
  expect(dot(a!, b!)).toBeCloseTo(1);
  expect(Math.abs(dot(a!, c!))).toBeLessThan(0.5);
  expect(dot(a!, a!)).toBeCloseTo(1);
});

test('the hash embedder has no vector for a text without words', async () => {
  expect(await hashEmbedder().embedQuery('... !?')).toBeNull();
});

test('the fixed clock moves only when told', () => {
  const clock = fixedClock('2026-01-01T00:00:00Z');
  clock.advance(1500);
  expect(new Date(clock.now()).toISOString()).toBe('2026-01-01T00:00:01.500Z');
});
