import { afterEach, describe, expect, test } from 'vitest';
import type { Reranker } from '../../src/rerank/types.ts';

export type RerankerCase = {
  readonly name: string;
  /** A new reranker each time; what it needs is disposed of with `dispose`. */
  readonly create: () => Promise<{ readonly reranker: Reranker; dispose(): Promise<void> | void }>;
};

const QUERY = 'parental leave weeks';
const PASSAGES = [
  'The canteen is closed on Sundays.',
  'Each parent may take 26 weeks of parental leave.',
  'Leave is asked for in writing.',
] as const;

const bestOf = (scores: readonly number[]): number => scores.indexOf(Math.max(...scores));

/** What holds for every reranker, the fake included. */
export function describeReranker({ name, create }: RerankerCase): void {
  describe(`reranker ${name}`, () => {
    let dispose: () => Promise<void> | void = () => {};
    const open = async (): Promise<Reranker> => {
      const created = await create();
      dispose = () => {
        created.reranker.close?.();
        return created.dispose();
      };
      return created.reranker;
    };
    afterEach(async () => {
      await dispose();
      dispose = () => {};
    });

    test('its name is provider/model', async () => {
      expect((await open()).name).toMatch(/^[a-z]+\/.+/);
    });

    test('one finite score for each passage, the best one for the passage that answers', async () => {
      const scores = await (await open()).rerank({ query: QUERY, passages: PASSAGES });
      expect(scores).toHaveLength(PASSAGES.length);
      expect(scores.every(Number.isFinite)).toBe(true);
      expect(bestOf(scores)).toBe(1);
    });

    test('scores go with their passages when these come in another order', async () => {
      const reranker = await open();
      const scores = await reranker.rerank({ query: QUERY, passages: [...PASSAGES].reverse() });
      expect(bestOf(scores)).toBe(1);
      const moved = [PASSAGES[1], PASSAGES[0], PASSAGES[2]];
      expect(bestOf(await reranker.rerank({ query: QUERY, passages: moved }))).toBe(0);
    });

    test('no passages give no scores, and one passage one', async () => {
      const reranker = await open();
      expect(await reranker.rerank({ query: QUERY, passages: [] })).toEqual([]);
      const [score, ...rest] = await reranker.rerank({ query: QUERY, passages: [PASSAGES[1]] });
      expect(Number.isFinite(score)).toBe(true);
      expect(rest).toEqual([]);
    });

    test('empty, equal, very long and very many passages are scored too', async () => {
      const reranker = await open();
      const long = 'word '.repeat(20_000);
      const odd = ['', PASSAGES[1], PASSAGES[1], long, '\ud800 \u0000', '東京の会社', ...new Array(40).fill('x')];
      const scores = await reranker.rerank({ query: QUERY, passages: odd });
      expect(scores).toHaveLength(odd.length);
      expect(scores.every(Number.isFinite)).toBe(true);
      expect([1, 2]).toContain(bestOf(scores));
    });

    test('a query without a word, or of a whole book, is no error', async () => {
      const reranker = await open();
      for (const query of ['?', `${QUERY} ${'more words '.repeat(10_000)}`]) {
        expect(await reranker.rerank({ query, passages: PASSAGES })).toHaveLength(3);
      }
    });

    test('a signal that has fired throws ABORTED', async () => {
      const answer = (await open()).rerank({ query: QUERY, passages: PASSAGES, signal: AbortSignal.abort() });
      await expect(answer).rejects.toMatchObject({ code: 'ABORTED' });
    });

    test('a signal that fires while it works throws ABORTED, and the next call is answered', async () => {
      const reranker = await open();
      const controller = new AbortController();
      const answer = reranker.rerank({ query: QUERY, passages: PASSAGES, signal: controller.signal });
      controller.abort();
      await expect(answer).rejects.toMatchObject({ code: 'ABORTED' });
      expect(bestOf(await reranker.rerank({ query: QUERY, passages: PASSAGES }))).toBe(1);
    });

    test('may be closed twice', async () => {
      const reranker = await open();
      await reranker.rerank({ query: QUERY, passages: PASSAGES });
      reranker.close?.();
      reranker.close?.();
    });
  });
}
