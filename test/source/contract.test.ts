import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { sourceDriver, sourceDrivers } from '../../src/source/registry.ts';
import type { SourceKind, SourceSpec } from '../../src/source/types.ts';
import { sourceContract } from '../contract/source.ts';
import { type LoopbackServer, startLoopbackServer } from '../platform/http/loopback-server.ts';
import { temporaryFolder } from './temporary-folder.ts';

let server: LoopbackServer;
beforeAll(async () => {
  server = await startLoopbackServer((request, response) => {
    response.writeHead(request.url === '/page' ? 200 : 404, { 'content-type': 'text/plain' }).end('a page');
  });
});
afterAll(() => server.close());

const spec = (kind: SourceKind, uri: string): SourceSpec => ({ kind, uri, options: { allowPrivate: true } });
const fileUri = (...parts: string[]) => pathToFileURL(join(...parts)).href;

sourceContract('file', {
  driver: sourceDriver('file'),
  present: async () => ({ spec: spec('file', fileUri(temporaryFolder({ 'a.md': 'A' }), 'a.md')), texts: ['A'] }),
  missing: async () => spec('file', fileUri(temporaryFolder(), 'gone.md')),
});

sourceContract('folder', {
  driver: sourceDriver('folder'),
  present: async () => ({
    spec: spec('folder', fileUri(temporaryFolder({ 'b/c.md': 'C', 'b.md': 'B', 'a.md': 'A' }))),
    texts: ['A', 'B', 'C'],
  }),
  missing: async () => spec('folder', fileUri(temporaryFolder(), 'gone')),
});

sourceContract('url', {
  driver: sourceDriver('url', { version: '1.2.3' }),
  present: async () => ({ spec: spec('url', `${server.url}/page`), texts: ['a page'] }),
  missing: async () => spec('url', `${server.url}/gone`),
});

sourceContract('stdin', {
  driver: sourceDriver('stdin'),
  present: async () => ({ spec: spec('stdin', 'stdin:Notes'), texts: [] }),
  missing: async () => null,
});

sourceContract('import', {
  driver: sourceDriver('import'),
  present: async () => ({ spec: spec('import', 'import:base.jsonl'), texts: [] }),
  missing: async () => null,
});

test('there is one driver for each kind', () => {
  expect(sourceDrivers().map(({ kind }) => kind)).toEqual(['file', 'folder', 'url', 'stdin', 'import']);
});
