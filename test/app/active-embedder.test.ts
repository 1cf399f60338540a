import { expect, test } from 'vitest';
import { createActiveEmbedder } from '../../src/app/active-embedder.ts';
import type { EmbeddingSpace } from '../../src/domain/search.ts';
import type { Embedder } from '../../src/embed/types.ts';
import { RagError } from '../../src/platform/errors.ts';
import { hashEmbedder } from '../../src/testing/hash-embedder.ts';

/** A hash embedder under another name, whose dimensions are known from the database or after the first answer. */
function learning(name: string, known: EmbeddingSpace | null, made: string[]): Embedder {
  if (name === 'gone/model') throw new RagError('MODEL_UNKNOWN', { message: 'No such model.' });
  made.push(name);
  const [provider, model] = name.split('/') as [string, string];
  const inner = hashEmbedder(32);
  let dimensions = known?.provider === provider && known.model === model ? known.dimensions : 0;
  return {
    get space() {
      return { provider, model, dimensions };
    },
    async prepare() {
      dimensions = 32;
      return { provider, model, dimensions };
    },
    embedPassages: inner.embedPassages,
    embedQuery: inner.embedQuery,
  };
}

function open(configured: string | undefined, start: EmbeddingSpace | null) {
  let space = start;
  const made: string[] = [];
  const embedder = createActiveEmbedder({
    configured,
    space: () => space,
    make: (name, known) => learning(name, known, made),
  });
  const change = (to: EmbeddingSpace): void => {
    space = to;
  };
  return { embedder, made, change };
}

const SPACE = { provider: 'a', model: 'one', dimensions: 32 };

test('the database says which model embeds, and its dimensions are known without asking', () => {
  const { embedder, made } = open(undefined, SPACE);
  expect(embedder.space).toEqual(SPACE);
  expect(made).toEqual(['a/one']);
});

test('a new database gets the default, and what is set goes before both', () => {
  expect(open(undefined, null).embedder.space).toMatchObject({ provider: 'builtin' });
  expect(open('b/two', SPACE).embedder.space).toEqual({ provider: 'b', model: 'two', dimensions: 0 });
});

test('a model that is set keeps its instance when the database learns its dimensions', async () => {
  const { embedder, made, change } = open('a/one', null);
  expect(await embedder.prepare?.()).toEqual(SPACE);
  change(SPACE);
  expect(embedder.space).toEqual(SPACE);
  expect(made).toEqual(['a/one']);
});

test('dimensions that another process wrote are taken from the database', () => {
  const { embedder, change } = open('a/one', null);
  expect(embedder.space.dimensions).toBe(0);
  change(SPACE);
  expect(embedder.space).toEqual(SPACE);
});

test('when the database changes its model, the next call follows, and back', () => {
  const { embedder, change, made } = open(undefined, SPACE);
  expect(embedder.space).toEqual(SPACE);
  change({ ...SPACE, model: 'two' });
  expect(embedder.space.model).toBe('two');
  change(SPACE);
  expect(embedder.space.model).toBe('one');
  expect(made).toEqual(['a/one', 'a/two']);
});

test('a model of the database that is not known here is an error when it is used', () => {
  const { embedder } = open(undefined, { provider: 'gone', model: 'model', dimensions: 8 });
  expect(() => embedder.space).toThrowError(
    expect.objectContaining({ code: 'SPACE_MISMATCH', hint: expect.stringContaining('rag models use') }),
  );
});
