import { describe, expect, test } from 'vitest';
import type { Embedder } from '../../src/embed/types.ts';

export type EmbedderCase = {
  readonly name: string;
  readonly create: () => Embedder | Promise<Embedder>;
  /** Texts that have a vector, the first two closer to each other than to the third. */
  readonly texts: readonly [string, string, string];
};

const cosine = (left: Float32Array, right: Float32Array): number =>
  left.reduce((sum, value, index) => sum + value * right[index]!, 0);

/** What holds for every embedder, the fake included. */
export function describeEmbedder({ name, create, texts }: EmbedderCase): void {
  describe(`embedder ${name}`, () => {
    test('vectors are as long as the space says and have length 1', async () => {
      const embedder = await create();
      for (const vector of await embedder.embedPassages(texts)) {
        expect(vector).toBeInstanceOf(Float32Array);
        expect(vector).toHaveLength(embedder.space.dimensions);
        expect(cosine(vector!, vector!)).toBeCloseTo(1, 5);
      }
    });

    test('a passage has the same vector alone, in a batch and from another instance', async () => {
      const batch = await (await create()).embedPassages(texts);
      for (const [index, text] of texts.entries()) {
        const [alone] = await (await create()).embedPassages([text]);
        // Models that compute in batches round differently in each.
        expect(cosine(alone!, batch[index]!)).toBeCloseTo(1, 4);
      }
    });

    test('vectors come in the order of the texts and do not share memory', async () => {
      const embedder = await create();
      const forward = await embedder.embedPassages(texts);
      const backward = await embedder.embedPassages([...texts].reverse());
      [...backward].reverse().forEach((vector, i) => {
        expect(cosine(vector!, forward[i]!)).toBeCloseTo(1, 4);
      });
      forward[0]!.fill(0);
      expect(cosine(backward[2]!, backward[2]!)).toBeCloseTo(1, 5);
    });

    test('a query is closer to its passage than to another', async () => {
      const embedder = await create();
      const query = (await embedder.embedQuery(texts[0]))!;
      const [, near, far] = await embedder.embedPassages(texts);
      expect(cosine(query, near!)).toBeGreaterThan(cosine(query, far!));
    });

    test('texts without a word have no vector, and no texts give none', async () => {
      const embedder = await create();
      expect(await embedder.embedPassages([])).toEqual([]);
      expect(await embedder.embedPassages(['', ' \n', '?!'])).toEqual([null, null, null]);
      expect(await embedder.embedQuery('')).toBeNull();
    });

    test('a fired signal stops it with ABORTED', async () => {
      const aborted = AbortSignal.abort();
      await expect((await create()).embedPassages(texts, aborted)).rejects.toMatchObject({ code: 'ABORTED' });
      await expect((await create()).embedQuery(texts[0], aborted)).rejects.toMatchObject({ code: 'ABORTED' });
    });

    test('the space has its dimensions after prepare, and every text is told as dealt with once', async () => {
      const embedder = await create();
      const space = (await embedder.prepare?.()) ?? embedder.space;
      expect(space.dimensions).toBeGreaterThan(0);
      expect(embedder.space).toEqual(space);
      const counts: number[] = [];
      await embedder.embedPassages([...texts, '?!'], undefined, (count) => void counts.push(count));
      expect(counts.reduce((a, b) => a + b, 0)).toBe(texts.length + 1);
    });
  });
}
