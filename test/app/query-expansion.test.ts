import { afterEach, beforeEach, expect, test } from 'vitest';
import type { KnowledgeBase, SearchOptions } from '../../src/app/types.ts';
import { defaultSettings } from '../../src/config/settings.ts';
import type { ModelServer } from '../servers/model-server.ts';
import { startOpenaiServer } from '../servers/openai.ts';
import { finish, openTemporary, temporaryFolder } from './temporary-knowledge-base.ts';

const FILES = {
  'bridge.md': '# Bridge\n\nThe footbridge has a worn cable. The cable is replaced every decade.',
  'cable.md': '# Ropes\n\nA cable of steel is replaced once it is worn, whatever hangs from it.',
  'lunch.md': '# Canteen\n\nLunch is at noon. Soup costs two euros.',
  'leave.md': '# Holidays\n\nEverybody has thirty days of annual leave.',
};
const MODEL = 'openai/small-model';

let server: ModelServer;
let answer: string;
let folder: string;
beforeEach(async () => {
  server = await startOpenaiServer({ reply: () => [answer] });
  folder = temporaryFolder(FILES).path;
});
afterEach(() => server.close());

async function open(): Promise<KnowledgeBase> {
  const openai = { ...defaultSettings.openai, baseUrl: `${server.origin}/v1` };
  const knowledgeBase = await openTemporary({ settings: { ...defaultSettings, openai } });
  await finish(knowledgeBase.add(folder));
  return knowledgeBase;
}
const search = async (query: string, options: SearchOptions) => {
  const { hits, ...rest } = await (await open()).search(query, options);
  return { ...rest, hits, paths: hits.map(({ path }) => path) };
};

test('rm3 finds passages by words that the best ones share', async () => {
  const plain = await search('footbridge', { mode: 'lexical' });
  expect(plain.paths).toEqual(['bridge.md']);
  const { paths, notes, hits } = await search('footbridge', { mode: 'lexical', expandQuery: 'rm3' });
  expect(paths).toEqual(['bridge.md', 'cable.md']);
  expect(notes).toEqual([expect.stringContaining('cable')]);
  expect(hits[1]?.signals.map(({ list }) => list)).toEqual(['expansion']);
  expect(server.requests).toHaveLength(0);
});

test('hyde finds what a passage that the model writes means', async () => {
  answer = 'Everybody has days of annual leave, holidays they can take.';
  const { paths, notes } = await search('time away from the office', {
    mode: 'vector',
    expandQuery: 'hyde',
    expansionModel: MODEL,
  });
  expect(paths[0]).toBe('leave.md');
  expect(notes).toEqual([expect.stringContaining('a passage that the model wrote')]);
  expect(server.requests).toHaveLength(1);
});

test('multi-query finds what other wordings find, and names them', async () => {
  answer = '1. annual leave\n2. holidays';
  const { paths, notes, explanation } = await search('vacation', {
    mode: 'lexical',
    expandQuery: 'multi-query',
    expansionModel: MODEL,
  });
  expect(paths).toEqual(['leave.md']);
  expect(notes).toContain('Searched also for: annual leave | holidays');
  expect(explanation.fusion).toContain('mean over 3 wordings');
});

test('what stands in quotes must be there, whatever other wordings find', async () => {
  answer = 'annual leave\nsteel ropes';
  for (const mode of ['lexical', 'hybrid'] as const) {
    const { paths, notes } = await search('"worn cable"', { mode, expandQuery: 'multi-query', expansionModel: MODEL });
    expect(paths).toEqual(['bridge.md']);
    expect(notes).toContain('Searched also for: annual leave | steel ropes');
  }
});

test('without a model the methods that need one say so', async () => {
  await expect(search('vacation', { expandQuery: 'hyde' })).rejects.toMatchObject({
    code: 'USAGE',
    hint: expect.stringContaining('rm3'),
  });
});

test.each(['hyde', 'multi-query'] as const)(
  'where the model of %s fails the query is searched as it is',
  async (method) => {
    const { paths, notes } = await search('cable', {
      mode: 'lexical',
      expandQuery: method,
      expansionModel: 'openai/no-such-model',
    });
    expect(paths).toEqual(['cable.md', 'bridge.md']);
    expect(notes).toEqual([expect.stringMatching(/^The query was not widened: /)]);
  },
);

test('a query none of whose words is known is tried again with words of what is near in meaning', async () => {
  const { notes, hits } = await search('vacation', {});
  expect(notes.join(' ')).toContain('searched also for words of those nearest in meaning');
  expect(hits.flatMap(({ signals }) => signals.map(({ list }) => list))).toContain('expansion');
});
