import { expect, test } from 'vitest';
import { rememberQueryVectors } from '../../../src/app/usage/remember-query-vectors.ts';
import type { Embedder } from '../../../src/embed/types.ts';
import { hashEmbedder } from '../../../src/testing/hash-embedder.ts';
import { openTemporaryStore, temporaryDatabasePath } from '../../store/temporary-store.ts';

function counting(model = 'hash', dimensions = 32) {
  const inner = hashEmbedder(dimensions);
  const asked: string[] = [];
  const embedder: Embedder = {
    ...inner,
    space: { ...inner.space, model },
    async embedQuery(text, signal) {
      asked.push(text);
      return inner.embedQuery(text, signal);
    },
  };
  return { embedder, asked };
}

test('an equal question asks the model once, in another process too, and gets the same vector', async () => {
  const path = temporaryDatabasePath();
  const { embedder, asked } = counting();
  const first = await rememberQueryVectors(embedder, openTemporaryStore(path)).embedQuery('red apple');
  const store = openTemporaryStore(path);
  expect(await rememberQueryVectors(embedder, store).embedQuery('red apple')).toEqual(first);
  expect(asked).toEqual(['red apple']);
  expect(store.cacheCounts()).toMatchObject({ queries: { hits: 1, misses: 1 } });
});

test('what is kept is of one model and one length, and a question without a vector is not kept', async () => {
  const store = openTemporaryStore();
  const one = counting();
  const other = counting('other');
  const longer = counting('hash', 64);
  for (const { embedder } of [one, other, longer]) await rememberQueryVectors(embedder, store).embedQuery('apple');
  expect([one, other, longer].map(({ asked }) => asked.length)).toEqual([1, 1, 1]);
  expect(await rememberQueryVectors(longer.embedder, store).embedQuery('apple')).toHaveLength(64);
  expect(await rememberQueryVectors(one.embedder, store).embedQuery('?!')).toBeNull();
  expect(store.keptQueryVectorFigures().entries).toBe(2);
});

test('where nothing can be kept the model is asked each time', async () => {
  const path = temporaryDatabasePath();
  openTemporaryStore(path);
  const { embedder, asked } = counting();
  const reader = rememberQueryVectors(embedder, openTemporaryStore(path, { readOnly: true }));
  expect(await reader.embedQuery('apple')).toEqual(await reader.embedQuery('apple'));
  expect(asked).toHaveLength(2);
});
