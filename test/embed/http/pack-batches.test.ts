import { expect, test } from 'vitest';
import { mostTokens, packBatches } from '../../../src/embed/http/pack-batches.ts';
import { createRandom } from '../../../src/evaluate/random.ts';

test('batches hold every text once, in order, within both limits but for one text alone', () => {
  const random = createRandom(7);
  const upTo = (most: number) => 1 + Math.floor(random() * most);
  for (let round = 0; round < 200; round++) {
    const texts = Array.from({ length: upTo(40) - 1 }, () => 'aß東🙂'.repeat(upTo(12)).slice(0, 2 * upTo(12)));
    const limits = { maxTexts: upTo(9), maxTokens: upTo(60) };
    const batches = packBatches(texts, limits, (text) => text);
    expect(batches.flat()).toEqual(texts);
    for (const batch of batches) {
      expect(batch.length).toBeGreaterThan(0);
      expect(batch.length).toBeLessThanOrEqual(limits.maxTexts);
      const tokens = batch.map(mostTokens).reduce((a, b) => a + b);
      if (batch.length > 1) expect(tokens).toBeLessThanOrEqual(limits.maxTokens);
    }
  }
});
