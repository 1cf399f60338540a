import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { openKnowledgeBase } from '../../../src/app/open-knowledge-base.ts';
import type { KnowledgeBase } from '../../../src/app/types.ts';
import { defaultSettings } from '../../../src/config/settings.ts';
import { type EmbedServer, startEmbedServer } from '../../servers/embed/embed-server.ts';
import { openaiWire } from '../../servers/embed/openai.ts';
import { finish, temporaryFolder } from '../temporary-knowledge-base.ts';

const closing: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function openTwo(): Promise<{ one: KnowledgeBase; two: KnowledgeBase; folder: string; server: EmbedServer }> {
  const { path: folder } = temporaryFolder({
    'notes/leave.md': '# Leave\n\nParents have 26 weeks.',
    'notes/travel.md': '# Travel\n\nTrains are booked by the desk.',
  });
  const server = await startEmbedServer(openaiWire, { model: 'text-embedding-3-small' });
  closing.push(server.close);
  const openai = { baseUrl: `${server.origin}/v1`, apiKey: undefined };
  const open = async (): Promise<KnowledgeBase> => {
    const settings = { ...defaultSettings, openai };
    const knowledgeBase = await openKnowledgeBase({ path: join(folder, 'rag.db'), settings });
    closing.push(() => knowledgeBase.close());
    return knowledgeBase;
  };
  return { one: await open(), two: await open(), folder, server };
}

const best = async (knowledgeBase: KnowledgeBase, query: string) =>
  (await knowledgeBase.search(query, { mode: 'vector', limit: 1, cache: true })).hits[0]?.path;

async function run(events: AsyncIterable<{ readonly type: string }>): Promise<void> {
  for await (const { type } of events) expect(type).toMatch(/^reembed-/);
}

test('a program that has the database open searches, adds and goes back with the model that another one chose', async () => {
  const { one, two, folder, server } = await openTwo();
  await finish(one.add(join(folder, 'notes')));
  expect(await best(one, 'parents have 26 weeks')).toBe('leave.md');
  const before = await one.search('parents', { cache: true });

  await run((await two.vectorModels()).use('openai/text-embedding-3-small'));
  expect(one.status().space).toMatchObject({ provider: 'openai', dimensions: 64 });
  expect(await best(one, 'travel trains are booked by the desk')).toBe('travel.md');

  await finish(one.addBytes(new TextEncoder().encode('Whales sing.'), { title: 'whales.txt' }));
  expect(server.requests.at(-1)?.input).toEqual(['Whales sing.']);
  expect(await best(two, 'whales sing')).toBe('whales.txt');

  await run((await two.vectorModels()).rollback());
  expect(await best(one, 'whales')).toBe('whales.txt');
  one.remove('whales.txt');
  const after = await one.search('parents', { cache: true });
  const vectors = (result: typeof after) =>
    result.hits.map(({ path, signals }) => [path, signals.find(({ list }) => list === 'vector')?.raw]);
  expect(vectors(after)).toEqual(vectors(before));
  expect((await one.doctor()).find(({ name }) => name === 'database')?.status).toBe('ok');
});
