import { expect, test } from 'vitest';
import { createEmbedder } from '../../src/embed/registry.ts';

test('the built-in embedder is found with and without its model', () => {
  const space = { provider: 'builtin', model: 'ragstone-static-1', dimensions: 256 };
  expect(createEmbedder('builtin').space).toEqual(space);
  expect(createEmbedder('builtin/ragstone-static-1').space).toEqual(space);
});

test.each(['nowhere/model', 'builtin/other', '', '/'])('"%s" is refused with the known names', (name) => {
  expect(() => createEmbedder(name)).toThrowError(
    expect.objectContaining({ code: 'MODEL_UNKNOWN', hint: expect.stringContaining('builtin/ragstone-static-1') }),
  );
});
