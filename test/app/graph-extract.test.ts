import { afterEach, expect, test } from 'vitest';
import { defaultSettings } from '../../src/config/settings.ts';
import type { ChatBody, ModelServer } from '../servers/model-server.ts';
import { startOllamaServer } from '../servers/ollama.ts';
import { startOpenaiServer } from '../servers/openai.ts';
import { finish, openTemporary, temporaryFolder } from './temporary-knowledge-base.ts';

const files = {
  'a.md': '# Sapporo\n\nHana Ueda looks after the Sapporo office these days.\n',
  'b.md': '# Wells\n\nThe Orde well belongs to the Drainage Board now.\n',
};
const relations = [
  { from: 'Hana Ueda', relation: 'looks after', to: 'Sapporo office' },
  { from: 'Orde well', relation: 'belongs to', to: 'Drainage Board' },
  { from: 'Hana Ueda', relation: 'married', to: 'Gandalf' },
];
const reply = (body: ChatBody): string[] => {
  const text = /<text>\n(.*)\n<\/text>/s.exec(body.messages.at(-1)?.content ?? '')?.[1] ?? '';
  return ['Here they are:\n', JSON.stringify({ relations: relations.filter(({ from }) => text.includes(from)) })];
};

let server: ModelServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

async function opened(origin: string) {
  const folder = temporaryFolder(files);
  const settings = {
    ...defaultSettings,
    ollama: { ...defaultSettings.ollama, host: origin },
    openai: { ...defaultSettings.openai, baseUrl: `${origin}/v1` },
  };
  const knowledgeBase = await openTemporary({ settings });
  await finish(knowledgeBase.add(folder.path));
  return { folder, knowledgeBase, graph: await knowledgeBase.graph() };
}

test('relations of a model stand in the graph with their sentence, and each text is asked about once', async () => {
  server = await startOllamaServer({ reply });
  const { folder, knowledgeBase, graph } = await opened(server.origin);
  const options = { model: 'ollama/llama3.2', limit: 1 };
  const first = await graph.extractRelations(options);
  expect(first).toMatchObject({ model: 'ollama/llama3.2', asked: 1, calls: 1, relations: 1, left: 1 });
  expect(first.inputTokens).toBeGreaterThan(0);
  const second = await graph.extractRelations({ ...options, limit: 9 });
  expect(second).toMatchObject({ asked: 1, relations: 1, left: 0 });
  expect(first.rejected + second.rejected).toBe(1);
  expect(await graph.extractRelations(options)).toMatchObject({ asked: 0, calls: 0, left: 0 });
  expect(server.requests).toHaveLength(2);
  expect(graph.show('Hana Ueda').relations).toMatchObject([
    {
      kind: 'looks after',
      direction: 'out',
      other: { name: 'Sapporo office' },
      evidence: { sentence: 'Hana Ueda looks after the Sapporo office these days.' },
    },
  ]);
  expect(graph.path('Orde well', 'Drainage Board').hops).toHaveLength(1);

  folder.write({
    'c.md': files['a.md'],
    'b.md': `${files['b.md']}\n\n## More\n\n${'It is deep and cold. '.repeat(60)}\n`,
  });
  await finish(knowledgeBase.sync());
  const again = await knowledgeBase.graph();
  expect(again.show('Hana Ueda').relations[0]?.count).toBe(2);

  folder.write({ 'z.md': '# Other\n\nnothing to see here\n' });
  folder.remove('a.md');
  folder.remove('c.md');
  folder.remove('b.md');
  await finish(knowledgeBase.sync());
  expect((await knowledgeBase.graph()).stats().relations).toEqual([]);
  folder.write({ 'a.md': files['a.md'] });
  await finish(knowledgeBase.sync());
  // What was found in a.md stays with its former version.
  expect(await (await knowledgeBase.graph()).extractRelations({ ...options, limit: 9 })).toMatchObject({
    asked: 1,
    calls: 1,
  });
});

test('a reply that cannot be read is asked for once more, counted, and left for the next run', async () => {
  server = await startOpenaiServer({ reply: ['I cannot do that.'], models: ['gpt-4o-mini'] });
  const { graph } = await opened(server.origin);
  const result = await graph.extractRelations({ model: 'openai/gpt-4o-mini', limit: 1 });
  expect(result).toMatchObject({ asked: 1, calls: 2, relations: 0, unreadable: 1, left: 2 });
});

test('without a model it says which to name, and an unreachable one stores nothing', async () => {
  const { graph } = await opened('http://127.0.0.1:9');
  await expect(graph.extractRelations({ limit: 1 })).rejects.toMatchObject({ code: 'USAGE' });
});
