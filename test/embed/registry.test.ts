import { expect, test } from 'vitest';
import { createEmbedder } from '../../src/embed/registry.ts';
import { testSettings } from './settings.ts';

test('the built-in embedder is found with and without its model', () => {
  const space = { provider: 'builtin', model: 'ragstone-static-1', dimensions: 256 };
  expect(createEmbedder('builtin', testSettings()).space).toEqual(space);
  expect(createEmbedder('builtin/ragstone-static-1', testSettings()).space).toEqual(space);
});

test.each(['nowhere/model', 'builtin/other', '', '/'])('"%s" is refused with a name that is known', (name) => {
  expect(() => createEmbedder(name, testSettings())).toThrowError(
    expect.objectContaining({ code: 'MODEL_UNKNOWN', hint: expect.stringContaining('builtin/ragstone-static-1') }),
  );
});
