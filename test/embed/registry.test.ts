import { expect, test } from 'vitest';
import { createEmbedder } from '../../src/embed/registry.ts';
import { testSettings } from './settings.ts';

test('the built-in embedder is found with and without its model', () => {
  const space = { provider: 'builtin', model: 'ragstone-static-1', dimensions: 256 };
  expect(createEmbedder('builtin', testSettings()).space).toEqual(space);
  expect(createEmbedder('builtin/ragstone-static-1', testSettings()).space).toEqual(space);
});

test.each([
  ['nowhere/model', 'cohere/'],
  ['builtin/other', 'builtin/ragstone-static-1'],
  ['', 'builtin/ragstone-static-1'],
  ['/', 'builtin/ragstone-static-1'],
  ['transformers', 'transformers/Xenova/all-MiniLM-L6-v2'],
  ['opnai/x', 'openai/text-embedding-3-small'],
  ['voyage/', 'voyage/voyage-3.5'],
  ['ollama', 'ollama/nomic-embed-text'],
  ['openai/x@1', '8 to'],
])('"%s" is refused with a name that is known', (name, hint) => {
  expect(() => createEmbedder(name, testSettings())).toThrowError(
    expect.objectContaining({ code: 'MODEL_UNKNOWN', hint: expect.stringContaining(hint) }),
  );
});
