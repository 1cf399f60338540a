import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { KnowledgeBase } from '../../src/app/types.ts';
import { finish, openTemporary, temporaryFolder } from './temporary-knowledge-base.ts';

let server: Server;
let origin: string;
let pages: Record<string, string>;
let knowledgeBase: KnowledgeBase;

beforeEach(async () => {
  pages = { '/tides': '<title>Tides</title><main><p>High water comes 52 minutes after Dover.</p></main>' };
  server = createServer((request, response) => {
    const page = pages[request.url ?? ''];
    response.writeHead(page === undefined ? 404 : 200, { 'content-type': 'text/html; charset=utf-8' }).end(page);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  knowledgeBase = await openTemporary();
});

afterEach(() => new Promise((resolve) => server.close(resolve)));

const add = (target: string) => finish(knowledgeBase.add(target, { allowPrivate: true }));
const remembered = () => knowledgeBase.status().sources.map(({ uri }) => uri);

test('an address that never gave a document is not remembered, whatever the reason', async () => {
  for (const refused of [add(`${origin}/tdies`), finish(knowledgeBase.add(`${origin}/tides`))]) {
    expect((await refused).report.sourceProblems).toHaveLength(1);
    expect(remembered()).toEqual([]);
  }
  expect((await finish(knowledgeBase.sync())).report.sourceProblems).toEqual([]);
});

test('an address that gave a document once stays, though it is gone now', async () => {
  await add(`${origin}/tides`);
  pages = {};
  const again = await add(`${origin}/tides`);
  expect(again.report.sourceProblems[0]?.message).toContain('its document is kept');
  expect(remembered()).toEqual([`${origin}/tides`]);
  expect(knowledgeBase.list()).toHaveLength(1);
});

test('what cannot be fetched at all has a hint that can be followed', async () => {
  const { report } = await add(`${origin}/tdies`);
  expect(report.sourceProblems[0]?.message).toContain('404');
  expect(report.sourceProblems[0]?.hint).not.toContain('--prune-missing');
});

test('a source that is one document goes with it', async () => {
  await finish(knowledgeBase.addBytes(new TextEncoder().encode('A note on tides.'), { title: 'Clip' }));
  await add(`${origin}/tides`);
  knowledgeBase.remove('Clip');
  knowledgeBase.remove('/tides');
  expect(remembered()).toEqual([]);
});

test('a folder stays when one of its documents goes, and gives it back', async () => {
  const folder = temporaryFolder({ 'a.md': 'Tides rise.', 'b.md': 'Tides fall.' });
  await add(folder.path);
  knowledgeBase.remove('a.md');
  expect(remembered()).toHaveLength(1);
  expect((await finish(knowledgeBase.sync())).lines).toEqual(['added a.md', 'unchanged b.md']);
});

test('a collection that is not there cannot be synchronised', async () => {
  await expect(finish(knowledgeBase.sync({ collection: 'nope' }))).rejects.toThrow('There is no collection "nope".');
});
