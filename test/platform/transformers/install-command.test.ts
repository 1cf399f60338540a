import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { installCommand } from '../../../src/platform/transformers/install-command.ts';

test.each([
  [
    'file:///usr/local/lib/node_modules/ragstone/dist/rag.js',
    'npm install --ignore-scripts --global @huggingface/transformers@4',
  ],
  [
    'file:///C:/Users/a/AppData/Roaming/npm/node_modules/ragstone/dist/x.js',
    'npm install --ignore-scripts --global @huggingface/transformers@4',
  ],
  [
    'file:///home/a/project/node_modules/ragstone/dist/rag.js',
    'npm install --ignore-scripts @huggingface/transformers@4',
  ],
  ['file:///home/a/ragstone/dist/rag.js', 'npm install --ignore-scripts --no-save @huggingface/transformers@4'],
])('%s is mended by %s', (url, command) => expect(installCommand(url)).toBe(command));

test('the version is the one that package.json asks for', () => {
  const { peerDependencies, peerDependenciesMeta } = JSON.parse(
    readFileSync(new URL('../../../package.json', import.meta.url), 'utf8'),
  ) as { peerDependencies: Record<string, string>; peerDependenciesMeta: Record<string, { optional: boolean }> };
  expect(peerDependencies['@huggingface/transformers']).toMatch(/^\^4\./);
  expect(peerDependenciesMeta['@huggingface/transformers']?.optional).toBe(true);
});
