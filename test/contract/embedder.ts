import { describe, expect, test } from 'vitest';
import type { Embedder } from '../../src/embed/types.ts';

export type EmbedderCase = {
  readonly name: string;
  readonly create: () => Embedder;
  /** Texts that have a vector, the first two closer to each other than to the third. */
  readonly texts: readonly [string, string, string];
};

const cosine = (left: Float32Array, right: Float32Array): number =>
  left.reduce((sum, value, index) => sum + value * right[index]!, 0);

/** What holds for every embedder, the fake included. */
export function describeEmbedder({ name, create, texts }: EmbedderCase): void {
  describe(`embedder ${name}`, () => {
    test('vectors are as long as the space says and have length 1', async () => {
      const embedder = create();
      for (const vector of await embedder.embedPassages(texts)) {
        expect(vector).toBeInstanceOf(Float32Array);
        expect(vector).toHaveLength(embedder.space.dimensions);
        expect(cosine(vector!, vector!)).toBeCloseTo(1, 5);
      }
    });

    test('a passage has the same vector alone, in a batch and from another instance', async () => {
      const batch = await create().embedPassages(texts);
      for (const [index, text] of texts.entries()) {
        const [alone] = await create().embedPassages([text]);
        expect(alone).toEqual(batch[index]);
      }
    });

    test('vectors come in the order of the texts and do not share memory', async () => {
      const embedder = create();
      const forward = await embedder.embedPassages(texts);
      const backward = await embedder.embedPassages([...texts].reverse());
      expect([...backward].reverse()).toEqual(forward);
      forward[0]!.fill(0);
      expect(cosine(backward[2]!, backward[2]!)).toBeCloseTo(1, 5);
    });

    test('a query is closer to its passage than to another', async () => {
      const embedder = create();
      const query = (await embedder.embedQuery(texts[0]))!;
      const [, near, far] = await embedder.embedPassages(texts);
      expect(cosine(query, near!)).toBeGreaterThan(cosine(query, far!));
    });

    test('texts without a word have no vector, and no texts give none', async () => {
      const embedder = create();
      expect(await embedder.embedPassages([])).toEqual([]);
      expect(await embedder.embedPassages(['', ' \n', '?!'])).toEqual([null, null, null]);
      expect(await embedder.embedQuery('')).toBeNull();
    });

    test('a fired signal stops it with ABORTED', async () => {
      const aborted = AbortSignal.abort();
      await expect(create().embedPassages(texts, aborted)).rejects.toMatchObject({ code: 'ABORTED' });
      await expect(create().embedQuery(texts[0], aborted)).rejects.toMatchObject({ code: 'ABORTED' });
    });
  });
}
