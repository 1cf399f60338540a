import { expect, test } from 'vitest';
import { inOneSpace } from '../../src/app/in-one-space.ts';
import type { EmbeddingSpace } from '../../src/domain/search.ts';

const spaceOf = (model: string): EmbeddingSpace => ({ provider: 'p', model, dimensions: 8 });

/** A store whose model changes at the end of each attempt that is named. */
function changing(attempts: readonly number[], work: (model: string) => string) {
  let model = 0;
  let attempt = 0;
  const store = { space: () => spaceOf(`m${model}`) };
  const run = async () => {
    attempt++;
    const asked = `m${model}`;
    if (attempts.includes(attempt)) model++;
    return work(asked);
  };
  return { result: inOneSpace(store, run), attempts: () => attempt };
}

test('what is found while nothing changes is found once', async () => {
  const { result, attempts } = changing([], (model) => model);
  expect([await result, attempts()]).toEqual(['m0', 1]);
});

test('what was found or thrown with the vectors of another model is looked for again', async () => {
  const found = changing([1], (model) => model);
  expect([await found.result, found.attempts()]).toEqual(['m1', 2]);
  const thrown = changing([1], (model) => {
    if (model === 'm0') throw new Error('other dimensions');
    return model;
  });
  expect(await thrown.result).toBe('m1');
});

test('an error that stays is thrown, and an end is made of changes without end', async () => {
  const failing = changing([], () => {
    throw new Error('no');
  });
  await expect(failing.result).rejects.toThrow('no');
  const restless = changing([1, 2, 3, 4], (model) => model);
  expect([await restless.result, restless.attempts()]).toEqual(['m2', 3]);
});
